import { Button } from '@patternfly/react-core'
import { useId } from 'react'
import { visible } from '../../lib/visible'
import { Dialog } from '../../ui/Dialog'
import { useNotices } from '../../ui/Notices'
import type { Member, Program } from '../../wails/model'
import { ProgramPanel } from './ProgramPanel'

/** The program of one member: allowed here, and talked to when it wants to talk. */
export function ProgramDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const id = useId()
  const notices = useNotices()
  const name = visible(member.name)
  const allowed = ({ interactive }: Program) => {
    notices.say(`${name} may run its program.`)
    // One that wants to talk shows that next.
    if (!interactive) onClose()
  }
  return (
    <Dialog
      title={`The program of ${name}`}
      description="Its credentials come from a program on this machine. Binnacle runs none that you have not allowed."
      size="medium"
      focus={`[id="${id}"]`}
      onClose={onClose}
      footer={
        <Button id={id} variant="link" onClick={onClose}>
          Close
        </Button>
      }
    >
      <ProgramPanel subject={{ memberID: member.id, ticket: '', index: 0 }} onAllowed={allowed} />
    </Dialog>
  )
}
