import { type ReactNode, Suspense } from 'react'
import { assertNever } from '../lib/assertNever'
import { useSession } from '../wails/context'
import type { Phase } from '../wails/model'
import { DropOverlay } from './DropOverlay'
import { Welcome } from './late'
import { Shell } from './Shell'
import { useDrops } from './useDrops'
import { useTheme } from './useTheme'
import { useTickets } from './useTickets'

/** Chooses the screen by where the person stands, and hears of files dropped on the window in any of them. */
export function App() {
  const phase = useSession((s) => s.phase)
  useTheme(useSession((s) => s.settings))
  const dropping = useDrops()
  const ready = phase === 'ready'
  const { ticket, add, close } = useTickets(ready)
  return (
    <>
      {screen(phase, <Shell ticket={ticket} onAdd={() => add('')} onImported={close} />)}
      {dropping && <DropOverlay />}
    </>
  )
}

function screen(phase: Phase, shell: ReactNode) {
  switch (phase) {
    case 'welcome':
    case 'connecting':
    case 'choose':
    case 'locked':
      return (
        <Suspense>
          <Welcome />
        </Suspense>
      )
    case 'ready':
      return shell
    default:
      return assertNever(phase)
  }
}
