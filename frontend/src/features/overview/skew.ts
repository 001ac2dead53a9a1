import type { Version } from '../../wails/model'

/** Minor versions that lie between the oldest and the newest in use before it is told: a server's clients are fit for one. */
const TOLD_FROM = 2

/** What the versions in use mean for who works on all of them at once; '' is nothing. */
export function skew(versions: readonly Version[]): string {
  const known = versions.flatMap(({ version }) => {
    const number = minor(version)
    return number ? [{ version, ...number }] : []
  })
  const [first] = known
  if (!first || known.some((v) => v.major !== first.major)) return ''
  const newest = known.reduce((a, b) => (b.minor > a.minor ? b : a))
  const oldest = known.reduce((a, b) => (b.minor < a.minor ? b : a))
  const behind = newest.minor - oldest.minor
  if (behind < TOLD_FROM) return ''
  return `${short(oldest)} is ${behind} minor versions behind ${short(newest)}. Some kinds and fields are not served by all.`
}

function minor(version: string): { major: number; minor: number } | null {
  const found = /^v?(\d{1,4})\.(\d{1,4})/.exec(version)
  return found ? { major: Number(found[1]), minor: Number(found[2]) } : null
}

function short({ major, minor: n }: { major: number; minor: number }): string {
  return `v${major}.${n}`
}
