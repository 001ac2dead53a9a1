import { assertNever } from '../../lib/assertNever'
import { ConfirmDialog } from '../../ui/ConfirmDialog'
import { useNotices } from '../../ui/Notices'
import { useBackend } from '../../wails/context'
import type { Member } from '../../wails/model'
import { ColumnsDialog } from './ColumnsDialog'
import { DiagnosticsDialog } from './DiagnosticsDialog'
import type { OpenDialog } from './dialogs'
import { EditDialog } from './EditDialog'
import { GuardDialog, UnlockDialog } from './GuardDialog'
import type { TableLayout } from './layout'
import { RemoveDialog } from './RemoveDialog'

interface Props {
  dialog: OpenDialog
  members: Member[]
  layout: TableLayout
  onLayout: (layout: TableLayout) => void
  onClose: () => void
  onRemoved: () => void
}

/** Shows the dialog that is open. */
export function DialogHost({ dialog, members, layout, onLayout, onClose, onRemoved }: Props) {
  switch (dialog.kind) {
    case 'edit':
      return <EditDialog member={dialog.member} members={members} onClose={onClose} />
    case 'remove':
      return <RemoveDialog members={dialog.members} onRemoved={onRemoved} onClose={onClose} />
    case 'columns':
      return <ColumnsDialog layout={layout} onLayout={onLayout} onClose={onClose} />
    case 'diagnostics':
      return <DiagnosticsDialog member={dialog.member} onClose={onClose} />
    case 'guard':
      return <GuardDialog member={dialog.member} onClose={onClose} />
    case 'unlock':
      return <UnlockDialog member={dialog.member} onClose={onClose} />
    case 'makePrimary':
      return <MakePrimary member={dialog.member} onClose={onClose} />
    case 'copyView':
      return <CopyView member={dialog.member} onClose={onClose} />
    case 'copySecrets':
      return <CopySecrets member={dialog.member} onClose={onClose} />
    default:
      return assertNever(dialog)
  }
}

interface OneProps {
  member: Member
  onClose: () => void
}

function MakePrimary({ member, onClose }: OneProps) {
  const backend = useBackend()
  return (
    <ConfirmDialog
      title={`Make ${member.name} the primary?`}
      confirm={`Log in to ${member.name}`}
      onConfirm={() => backend.makePrimary(member.id)}
      onClose={onClose}
    >
      <p>
        Binnacle logs in to {member.name} and shows the view that is saved there for you, or begins a new one. The
        current view stays where it is; you can switch back at any time.
      </p>
    </ConfirmDialog>
  )
}

function CopyView({ member, onClose }: OneProps) {
  const backend = useBackend()
  const notices = useNotices()
  const copy = async () => {
    await backend.copyViewTo(member.id)
    notices.say(`Copied this view to ${member.name}`)
  }
  return (
    <ConfirmDialog
      title={`Copy this view to ${member.name}?`}
      confirm="Copy the view"
      onConfirm={copy}
      onClose={onClose}
    >
      <p>
        The clusters of this view, with their names, groups and labels, are saved for you on {member.name} too. From
        then on each of the two views goes its own way.
      </p>
    </ConfirmDialog>
  )
}

function CopySecrets({ member, onClose }: OneProps) {
  const backend = useBackend()
  const notices = useNotices()
  const copy = async () => {
    await backend.copyKubeconfig(member.id, 'secrets')
    notices.say(`Copied the kubeconfig of ${member.name}, with its secrets`)
  }
  return (
    <ConfirmDialog
      title={`Copy the secrets of ${member.name}?`}
      confirm="Copy with secrets"
      danger
      onConfirm={copy}
      onClose={onClose}
    >
      <p>
        The clipboard will hold everything that is needed to act as {member.identity || 'you'} on {member.name}. Other
        programs on this machine can read the clipboard, and some keep its history.
      </p>
    </ConfirmDialog>
  )
}
