import { createContext, type ReactNode, useContext } from 'react'
import { createPortal } from 'react-dom'

/** Where the buttons of what is inside a frame go: the frame's footer, null for one that has none. */
export const FooterSlot = createContext<HTMLElement | null>(null)

/** Puts buttons into the footer of the frame around, where they stay in sight; without one they stand where they are. */
export function InFooter({ className, children }: { className: string | undefined; children: ReactNode }) {
  const slot = useContext(FooterSlot)
  return slot ? createPortal(children, slot) : <div className={className}>{children}</div>
}
