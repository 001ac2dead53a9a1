import { Welcome } from '../features/welcome/Welcome'
import { AddClusters } from '../features/wizard/AddClusters'
import { assertNever } from '../lib/assertNever'
import { useSession } from '../wails/context'
import type { Phase } from '../wails/model'
import { DropOverlay } from './DropOverlay'
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
      {screen(phase, add)}
      {ready && ticket !== undefined && <AddClusters key={ticket} ticket={ticket} onClose={close} />}
      {dropping && <DropOverlay />}
    </>
  )
}

function screen(phase: Phase, add: (ticket: string) => void) {
  switch (phase) {
    case 'welcome':
    case 'connecting':
    case 'choose':
    case 'locked':
      return <Welcome />
    case 'ready':
      return <Shell onAdd={() => add('')} />
    default:
      return assertNever(phase)
  }
}
