/** How the time of a line shows. */
export type TimeForm = 'local' | 'utc' | 'relative' | 'none'

const two = (n: number) => String(n).padStart(2, '0')
const three = (n: number) => String(n).padStart(3, '0')

/** "14:03:22.123", with the day before it when that is not today's. */
export function localStamp(at: number, now: number): string {
  const t = new Date(at)
  const clock = `${two(t.getHours())}:${two(t.getMinutes())}:${two(t.getSeconds())}.${three(t.getMilliseconds())}`
  if (t.toDateString() === new Date(now).toDateString()) return clock
  return `${t.getFullYear()}-${two(t.getMonth() + 1)}-${two(t.getDate())} ${clock}`
}

/** "2026-11-23 14:03:22.123Z" */
export function utcStamp(at: number): string {
  return new Date(at).toISOString().replace('T', ' ')
}
