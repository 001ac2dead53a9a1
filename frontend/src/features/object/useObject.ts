import { useEffect, useRef } from 'react'
import { useBackend } from '../../wails/context'
import type { ObjectRef, Object as Thing } from '../../wails/model'
import { refKey } from './refs'
import { type Read, useRead } from './useRead'

/** The least time between two readings that nobody asked for, ms: a kind's table can ring ten times a second. */
const QUIET = 3000

/** One object, read anew a little after its kind's table rings. */
export function useObject(ref: ObjectRef): Read<Thing> {
  const backend = useBackend()
  const read = useRead(() => backend.objects.open(ref), refKey(ref))
  const { again, busy } = read
  const last = useRef(0)
  useEffect(() => {
    if (!busy) last.current = Date.now()
  }, [busy])
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const stop = backend.on('table', (bell) => {
      if (bell.key !== ref.kind || timer !== undefined) return
      const wait = Math.max(0, last.current + QUIET - Date.now())
      timer = setTimeout(() => {
        timer = undefined
        last.current = Date.now()
        again()
      }, wait)
    })
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [backend, ref.kind, again])
  return read
}
