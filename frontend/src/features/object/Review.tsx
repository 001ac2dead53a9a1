import { Alert, Button } from '@patternfly/react-core'
import { useState } from 'react'
import { Choice } from '../../ui/Choice'
import { EmptyView } from '../../ui/EmptyView'
import type { ObjectPreview } from '../../wails/model'
import { Diff } from './Diff'
import css from './yaml.module.css'

interface Props {
  preview: ObjectPreview
  /** Others' changes were taken in. */
  moved: boolean
  member: string
  onSave: () => void
  onBack: () => void
}

/** What saving would do, by the server's own word. */
export function Review({ preview, moved, member, onSave, onBack }: Props) {
  const [sides, setSides] = useState('1')
  const { before, after, warnings } = preview
  const same = before === after
  return (
    <section className={css.stage} aria-label="Review of your changes">
      <div className={css.bar}>
        <Button variant="primary" size="sm" isDisabled={same} onClick={onSave}>
          Save to {member}
        </Button>
        <Button variant="link" size="sm" onClick={onBack}>
          Go on editing
        </Button>
        <span className={css.gap} />
        {!same && (
          <Choice
            label="How to compare"
            value={sides}
            options={[
              ['1', 'Unified'],
              ['2', 'Side by side'],
            ]}
            onChange={setSides}
          />
        )}
      </div>
      {(moved || warnings.length > 0) && (
        <div className={css.notes}>
          {moved && (
            <Alert component="p" variant="info" isInline title="Somebody else changed it meanwhile">
              Their changes don’t touch yours, and were taken into your text.
            </Alert>
          )}
          {warnings.map((warning) => (
            <Alert key={warning} component="p" variant="warning" isInline title={`${member} warns: ${warning}`} />
          ))}
        </div>
      )}
      {same ? (
        <EmptyView title="Nothing would change" level="h3">
          {member} would keep the object as it is.
        </EmptyView>
      ) : (
        <Diff before={before} after={after} sideBySide={sides === '2'} />
      )}
    </section>
  )
}
