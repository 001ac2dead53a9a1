const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** The span in words, one unit, rounded down: "now", "40 s", "5 min", "3 h", "12 d", "2 y". */
export function span(ms: number): string {
  const n = Math.abs(ms)
  if (n < 5 * SECOND) return 'now'
  if (n < MINUTE) return `${Math.floor(n / SECOND)} s`
  if (n < HOUR) return `${Math.floor(n / MINUTE)} min`
  if (n < 2 * DAY) return `${Math.floor(n / HOUR)} h`
  if (n < 730 * DAY) return `${Math.floor(n / DAY)} d`
  return `${Math.floor(n / (365 * DAY))} y`
}

/** "5 min ago", "in 3 d" or "now"; both in Unix milliseconds. */
export function relative(at: number, now: number): string {
  const words = span(at - now)
  if (words === 'now') return at > now ? 'in a moment' : 'just now'
  return at > now ? `in ${words}` : `${words} ago`
}

// Made when first wanted: a format of one's language takes its time to make, and the first picture has no use for it.
let exactForm: Intl.DateTimeFormat | undefined

/** The exact local time. */
export function exact(at: number): string {
  exactForm ??= new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' })
  return exactForm.format(at)
}

/** HH:MM today, with the day before that: "Nov 22, 14:05". It is in the first picture, so without a format. */
export function clock(at: number, now: number): string {
  const then = new Date(at)
  const time = [then.getHours(), then.getMinutes()].map((n) => String(n).padStart(2, '0')).join(':')
  const day = then.toDateString()
  return day === new Date(now).toDateString() ? time : `${day.slice(4, 10)}, ${time}`
}

/** How soon (in ms) the words of relative() can change. */
export function nextChange(at: number, now: number): number {
  const n = Math.abs(at - now)
  if (n < MINUTE) return SECOND
  if (n < HOUR) return MINUTE / 4
  return 5 * MINUTE
}
