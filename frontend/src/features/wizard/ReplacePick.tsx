import { Alert } from '@patternfly/react-core'
import { visible } from '../../lib/visible'
import type { Candidate, Import, Member } from '../../wails/model'
import { ContextPicker } from './ContextPicker'
import { Differences } from './Differences'
import { bestFor, type Difference, forMember } from './replace'
import { SourceProblems } from './SourceProblems'
import { importable } from './verdict'

interface Props {
  found: Import
  member: Member
  candidate: Candidate | undefined
  differs: readonly Difference[]
  onIndex: (index: number) => void
}

/** The one context whose credentials the member gets, with what would change beside them. */
export function ReplacePick({ found, member, candidate, differs, onIndex }: Props) {
  return (
    <>
      <SourceProblems sources={found.sources} />
      {bestFor(found.candidates, member) === undefined && differs.length === 0 && (
        <Alert component="p" isInline variant="warning" title="None of these contexts is for this cluster’s server">
          The view has {visible(member.server)} for {visible(member.name)}. If it has moved, choose its new context.
        </Alert>
      )}
      {differs.length > 0 && <Differences of={member.name} rows={differs} />}
      <ContextPicker
        label="Contexts"
        ticket={found.ticket}
        candidates={forMember(found.candidates, member)}
        start={candidate?.index ?? null}
        keys="Arrow keys move, Space or Enter chooses. Contexts of this cluster’s server come first."
        onEnter={(c) => {
          if (importable(c)) onIndex(c.index)
        }}
        radio={{
          label: (c) => `Use ${c.context}`,
          value: candidate?.index ?? null,
          disabled: (c) => !importable(c),
          onChange: onIndex,
        }}
      />
    </>
  )
}
