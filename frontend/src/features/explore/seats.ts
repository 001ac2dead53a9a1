/** An element of the document and what it shows. One that nothing needs stays and is out of sight, as it was, until it is needed. */
export interface Seat<T> {
  item: T
  parked: boolean
}

/**
 * Gives each row an element: the one that has it already, else one that is free, else another one. To fill an element with
 * another text costs a tenth of making one, and scrolling is nothing but that.
 */
export function seated<T extends { key: string }>(before: readonly Seat<T>[], items: readonly T[]): Seat<T>[] {
  const coming = new Map(items.map((item) => [item.key, item]))
  const next = before.map(({ item }) => {
    const same = coming.get(item.key)
    coming.delete(item.key)
    return same ? { item: same, parked: false } : { item, parked: true }
  })
  let free = 0
  for (const item of coming.values()) {
    while (next[free]?.parked === false) free++
    next[free++] = { item, parked: false }
  }
  return next
}

/**
 * Whether all that is in sight is on its way, as after a jump. The rows of before stay at their places then, out of sight:
 * to park them would take the page as long as to fill them, and the answer comes meanwhile.
 */
export function awaiting<T extends { key: string; index: number }>(
  seats: readonly Seat<T>[],
  items: readonly T[],
  { first, last, gaps }: { first: number; last: number; gaps: number },
): boolean {
  if (gaps === 0 || gaps <= last - first) return false
  const taken = seats.filter((seat) => !seat.parked).map((seat) => seat.item)
  const away = taken.every(({ index }) => index < first || index > last)
  return away && items.every(({ key }) => taken.some((item) => item.key === key))
}
