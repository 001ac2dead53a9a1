import { Alert, AlertActionLink } from '@patternfly/react-core'
import { useCallback } from 'react'
import { useAct } from '../ui/act'
import { useClock } from '../ui/clock'
import { useHotkeys } from '../ui/useHotkeys'
import { useBackend, useSession } from '../wails/context'
import type { Undo } from '../wails/model'

const UNDO_KEY = navigator.userAgent.includes('Mac') ? '⌘Z' : 'Ctrl+Z'

/** Offers to bring the last removal back while Go still can. */
export function UndoToast() {
  const undo = useSession((s) => s.undo)
  return undo === null ? null : <Offer key={undo.id} undo={undo} />
}

function Offer({ undo }: { undo: Undo }) {
  const backend = useBackend()
  const act = useAct()
  const left = useClock(useCallback((now: number) => Math.max(0, Math.ceil((undo.until - now) / 1000)), [undo.until]))
  const bring = () => act(() => backend.undo(undo.id))
  useHotkeys(left > 0 ? { 'mod+z': bring } : {})
  if (left === 0) return null
  return (
    <Alert
      component="p"
      variant="info"
      title={undo.text}
      actionLinks={<AlertActionLink onClick={bring}>Undo</AlertActionLink>}
    >
      <span aria-hidden="true">{left > 60 ? '' : `Can be undone for ${left} s. `}</span>
      <kbd>{UNDO_KEY}</kbd>
    </Alert>
  )
}
