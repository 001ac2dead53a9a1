// What must not lie on a disk, and whether it does.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The secrets in a kubeconfig's text: keys and tokens, as they stand there and as a program would unpack them. */
export function secretsOf(kubeconfig) {
  return [...kubeconfig.matchAll(/(?:client-key-data|token|password):\s*"?([^\s"]+)/g)].flatMap(([, value]) => {
    const unpacked = Buffer.from(value, 'base64').toString('latin1')
    const pem = unpacked.split('\n').filter((line) => line.length >= 40 && !line.startsWith('-----'))
    const der = pem.map((line) => Buffer.from(line, 'base64').toString('latin1'))
    return [value.slice(0, 400), ...pem, ...der]
  })
}

/** Where one of the secrets lies in a file below a folder, in any of the forms that text takes in memory or on disk. */
export function leaks(folder, secrets) {
  const forms = [...new Set(secrets)].flatMap((secret) => [
    Buffer.from(secret, 'latin1'),
    Buffer.from(secret, 'utf16le'),
    Buffer.from(Buffer.from(secret, 'latin1').toString('base64').slice(0, -4)),
  ])
  return files(folder).filter((file) => {
    const content = readFileSync(file)
    return forms.some((form) => content.includes(form))
  })
}

/** The plain files below a folder; sockets and what goes away meanwhile are passed over. */
export function files(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return files(path)
    return entry.isFile() ? [path] : []
  })
}
