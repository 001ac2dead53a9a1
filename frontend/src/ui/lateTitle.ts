import type { PointerEvent } from 'react'

/** A title that is written when somebody points at the element: most are never read, and a date's takes its time. */
export function lateTitle(text: () => string) {
  return {
    onPointerEnter: (event: PointerEvent<HTMLElement>) => {
      event.currentTarget.title = text()
    },
  }
}
