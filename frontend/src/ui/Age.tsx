import { useCallback } from 'react'
import { exact, relative } from '../lib/time'
import { useClock } from './clock'
import { lateTitle } from './lateTitle'

/** A relative time that ticks, with the exact one as its title; `at` is in Unix milliseconds, 0 shows `none`. */
export function Age({ at, none = 'unknown' }: { at: number; none?: string }) {
  const words = useClock(useCallback((now: number) => (at > 0 ? relative(at, now) : none), [at, none]))
  if (at <= 0) return <span>{words}</span>
  return (
    <time dateTime={new Date(at).toISOString()} {...lateTitle(() => exact(at))}>
      {words}
    </time>
  )
}
