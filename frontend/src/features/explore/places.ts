/** A list longer than this many px is shown to scale: browsers lay nothing out beyond some 33 million. */
const TALLEST = 16_000_000

/** How many rows the page has in the document beyond those in sight, on each side. */
export const BESIDE = 6

export interface Frame {
  /** Rows in all. */
  count: number
  /** Of one row, px. */
  height: number
  /** Of what is in sight, px. */
  view: number
}

/** The height of the whole list as the scroll bar has it, px. */
export function tall({ count, height }: Frame): number {
  return Math.min(count * height, TALLEST)
}

/** Where the first px in sight is in the list as it would be unscaled. */
export function placeAt(frame: Frame, scrolled: number): number {
  const whole = frame.count * frame.height
  const room = tall(frame) - frame.view
  if (whole <= TALLEST || room <= 0) return scrolled
  return (Math.min(scrolled, room) * (whole - frame.view)) / room
}

/** The opposite of placeAt. */
export function scrollFor(frame: Frame, place: number): number {
  const whole = frame.count * frame.height
  const most = Math.max(0, whole - frame.view)
  const within = Math.min(Math.max(0, place), most)
  if (whole <= TALLEST) return within
  return (within * (tall(frame) - frame.view)) / most
}

/** The rows in sight, the last included, where the list is scrolled so far. */
export function inSight(frame: Frame, scrolled: number): { first: number; last: number } {
  const place = placeAt(frame, scrolled)
  const first = Math.floor(place / frame.height)
  const last = Math.ceil((place + frame.view) / frame.height) - 1
  return { first: Math.max(0, Math.min(first, frame.count - 1)), last: Math.min(last, frame.count - 1) }
}

/** How far to scroll so that a row is wholly in sight; as it is when it is already. */
export function scrollTo(frame: Frame, scrolled: number, index: number): number {
  const place = placeAt(frame, scrolled)
  const top = index * frame.height
  if (top < place) return scrollFor(frame, top)
  if (top + frame.height > place + frame.view) return scrollFor(frame, top + frame.height - frame.view)
  return scrolled
}
