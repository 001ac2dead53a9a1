import { useCallback, useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

// One timer for the whole page, running only while something shows a time.
function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => {
    for (const one of listeners) one()
  }, 1000)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

/** What `read` makes of the current time; renders again only when that changes. It must give a primitive. */
export function useClock<T extends string | number | boolean>(read: (now: number) => T): T {
  const get = useCallback(() => read(Date.now()), [read])
  return useSyncExternalStore(subscribe, get)
}
