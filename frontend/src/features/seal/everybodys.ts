// As in backend/seal/strength.go: words out of the lists of leaked passwords and of what lies at hand here, without the
// disguises (0 for o), and rows of keys both ways.
export const EVERYBODYS: readonly string[] = words(`
  password passwort passw0rd letmein welcome admin administrator root login secret geheim changeme default
  qwerty qwertz azerty iloveyou monkey dragon sunshine princess football baseball shadow master superman batman trustno
  whatever hello freedom starwars pokemon summer winter spring autumn january february monday friday london berlin
  correcthorsebatterystaple correct horse battery staple kubernetes openshift rancher cluster binnacle trilio triliovault velero
  backup docker google github test user guest passphrase`)

export const ROWS: readonly string[] = words(
  '0123456789 1234567890 abcdefghijklmnopqrstuvwxyz qwertyuiop qwertzuiop azertyuiop asdfghjkl zxcvbnm yxcvbnm',
).flatMap((keys) => [keys, [...keys].reverse().join('')])

function words(text: string): string[] {
  return text.trim().split(/\s+/)
}
