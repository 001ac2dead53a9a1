// What the provider remembers, in a file, so that sessions outlive the process as those of a real provider do.
import { readFileSync, renameSync, writeFileSync } from 'node:fs'

const grantable = new Set(['AccessToken', 'AuthorizationCode', 'RefreshToken', 'DeviceCode'])
const now = () => Math.floor(Date.now() / 1000)

/** Reads the file, if it is there, and returns an adapter class as oidc-provider wants it. */
export function openStore(file) {
  const rows = new Map() // "Model:id" -> { model, payload, expires }
  try {
    for (const [key, row] of JSON.parse(readFileSync(file, 'utf8'))) rows.set(key, row)
  } catch (err) {
    if (err.code !== 'ENOENT') throw err
  }
  const save = () => {
    for (const [key, row] of rows) if (row.expires <= now()) rows.delete(key)
    writeFileSync(`${file}.tmp`, JSON.stringify([...rows]), { mode: 0o600 })
    renameSync(`${file}.tmp`, file)
  }
  const drop = (unwanted) => {
    let dropped = 0
    for (const [key, row] of rows) if (unwanted(row) && rows.delete(key)) dropped++
    save()
    return dropped
  }

  class Store {
    constructor(model) {
      this.model = model
    }

    key(id) {
      return `${this.model}:${id}`
    }

    async upsert(id, payload, expiresIn) {
      rows.set(this.key(id), { model: this.model, payload, expires: expiresIn ? now() + expiresIn : undefined })
      save()
    }

    async find(id) {
      return rows.get(this.key(id))?.payload
    }

    async findBy(field, value) {
      for (const row of rows.values()) if (row.model === this.model && row.payload[field] === value) return row.payload
      return undefined
    }

    async findByUid(uid) {
      return this.findBy('uid', uid)
    }

    async findByUserCode(code) {
      return this.findBy('userCode', code)
    }

    async consume(id) {
      rows.get(this.key(id)).payload.consumed = now()
      save()
    }

    async destroy(id) {
      rows.delete(this.key(id))
      save()
    }

    async revokeByGrantId(grantId) {
      drop((row) => grantable.has(row.model) && row.payload.grantId === grantId)
    }
  }
  /** Ends every session of one account, or of all; returns how many refresh tokens went with that. */
  const revoke = (account) => {
    const theirs = (row) => !account || row.payload.accountId === account
    const tokens = [...rows.values()].filter(
      (row) => row.model === 'RefreshToken' && theirs(row) && !row.payload.consumed,
    )
    drop((row) => (grantable.has(row.model) || row.model === 'Grant' || row.model === 'Session') && theirs(row))
    return tokens.length
  }
  return { Store, revoke }
}
