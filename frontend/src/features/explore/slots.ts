/** Which element of the document shows which row: a row keeps its own while it shows. */
export type Slots = ReadonlyMap<string, number>

/**
 * Gives each row an element: its own when it has one, else one that another row has left, else another one. To fill an
 * element with another text costs a tenth of making one, and scrolling is nothing but that.
 */
export function seated(before: Slots, keys: readonly string[]): Slots {
  const next = new Map<string, number>()
  const staying = new Set<number>()
  for (const key of keys) {
    const slot = before.get(key)
    if (slot === undefined) continue
    next.set(key, slot)
    staying.add(slot)
  }
  let free = 0
  for (const key of keys) {
    if (next.has(key)) continue
    while (staying.has(free)) free++
    next.set(key, free++)
  }
  return next
}
