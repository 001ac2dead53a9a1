import { useState } from 'react'
import type { ObjectRef } from '../../wails/model'
import { refKey } from './refs'

interface Trail {
  /** What the drawer shows. */
  shown: ObjectRef
  /** What it showed before, the way back. */
  before: ObjectRef[]
  /** What the page asks for while something unsaved holds the drawer; null is nothing. */
  wanted: ObjectRef | null
}

/**
 * Which object shows. The page gives `asked`, links within the drawer lead on, and back leads back. `held` keeps what is
 * shown although the page asks for another: that one waits as `wanted` until it is shown or dropped.
 */
export function useTrail(asked: ObjectRef, held: boolean, onOpen: (ref: ObjectRef) => void) {
  const [last, setLast] = useState(asked)
  const [trail, setTrail] = useState<Trail>({ shown: asked, before: [], wanted: null })
  if (refKey(last) !== refKey(asked)) {
    setLast(asked)
    if (refKey(trail.shown) !== refKey(asked))
      setTrail(held ? { ...trail, wanted: asked } : { shown: asked, before: [], wanted: null })
  }
  const show = (shown: ObjectRef, before: ObjectRef[]) => {
    setTrail({ shown, before, wanted: null })
    onOpen(shown)
  }
  return {
    ...trail,
    follow: (ref: ObjectRef) => show(ref, [...trail.before, trail.shown]),
    back: () => {
      const to = trail.before.at(-1)
      if (to) show(to, trail.before.slice(0, -1))
    },
    /** Shows what waits. */
    yieldTo: (ref: ObjectRef) => setTrail({ shown: ref, before: [], wanted: null }),
    /** Drops what waits, and tells the page what shows still. */
    stay: () => show(trail.shown, trail.before),
  }
}
