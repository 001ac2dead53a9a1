import { useState } from 'react'
import { visible } from '../../lib/visible'
import type { Member } from '../../wails/model'
import { ImportWizard } from './ImportWizard'
import { ReplaceSteps } from './ReplaceSteps'

/** Gives a member new credentials: source, one context, sign-in, test. Its place in the view, its name and labels stay. */
export function ReplaceCredentials({ member, onClose }: { member: Member; onClose: () => void }) {
  const [index, setIndex] = useState<number | null>(null)
  return (
    <ImportWizard
      title={`Replace the credentials of ${visible(member.name)}`}
      heading="Where are the new credentials?"
      ids={['source', 'pick', 'test']}
      // Where it differs from the member must be seen before anything is sent there.
      afterWay="pick"
      entered={() => index !== null}
      onReset={() => setIndex(null)}
      onClose={onClose}
    >
      {(parts) => <ReplaceSteps {...parts} member={member} index={index} onIndex={setIndex} onReplaced={onClose} />}
    </ImportWizard>
  )
}
