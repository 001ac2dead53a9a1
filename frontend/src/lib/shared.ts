/**
 * What `is` says, made of the objects of `was` wherever these say the same, so that nothing renders for what did not change.
 * Objects in a list are told apart by their id, if they have one. Both are plain data, as JSON is.
 */
export function shared<T>(was: unknown, is: T): T {
  if (Object.is(was, is)) return is
  if (Array.isArray(was) && Array.isArray(is)) {
    const byID = new Map(was.map((one) => [idOf(one), one]))
    const next = is.map((one, i) => shared(idOf(one) === undefined ? was[i] : byID.get(idOf(one)), one))
    return (was.length === next.length && next.every((one, i) => one === was[i]) ? was : next) as T
  }
  if (isRecord(was) && isRecord(is)) {
    const keys = Object.keys(is)
    const next = Object.fromEntries(keys.map((key) => [key, shared(was[key], is[key])]))
    const same = keys.length === Object.keys(was).length && keys.every((key) => key in was && next[key] === was[key])
    return (same ? was : next) as T
  }
  return is
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function idOf(value: unknown): string | undefined {
  if (!isRecord(value)) return undefined
  const { id } = value
  return typeof id === 'string' ? id : undefined
}
