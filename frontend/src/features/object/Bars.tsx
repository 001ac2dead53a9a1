import { Alert, Button } from '@patternfly/react-core'
import CopyIcon from '@patternfly/react-icons/dist/esm/icons/copy-icon'
import SearchIcon from '@patternfly/react-icons/dist/esm/icons/search-icon'
import { Plain } from '../../ui/Plain'
import type { EditProblem, ObjectText } from '../../wails/model'
import { useCopy } from './useCopy'
import css from './yaml.module.css'

interface ReadProps {
  text: ObjectText
  onEdit: () => void
  onFind: () => void
}

/** What can be done with YAML that is read. */
export function ReadBar({ text, onEdit, onFind }: ReadProps) {
  const copy = useCopy()
  return (
    <>
      <div className={css.bar}>
        <Button variant="secondary" size="sm" isDisabled={text.refused !== ''} onClick={onEdit}>
          Edit
        </Button>
        <Button variant="plain" size="sm" icon={<CopyIcon />} onClick={() => copy(text.yaml, 'YAML')}>
          Copy YAML
        </Button>
        <Button variant="plain" size="sm" icon={<SearchIcon />} onClick={onFind}>
          Find
        </Button>
      </div>
      {text.refused && (
        <p className={css.refused}>
          <Plain>{text.refused}</Plain>
        </p>
      )}
    </>
  )
}

interface EditProps {
  changedMeanwhile: boolean
  busy: boolean
  /** The server's, from the last review. */
  problems: readonly EditProblem[]
  onReview: () => void
  onCancel: () => void
}

/** What can be done with YAML that is edited. */
export function EditBar({ changedMeanwhile, busy, problems, onReview, onCancel }: EditProps) {
  return (
    <>
      <div className={css.bar}>
        <Button variant="primary" size="sm" isDisabled={busy} isLoading={busy} onClick={onReview}>
          Review
        </Button>
        <Button variant="link" size="sm" onClick={onCancel}>
          Discard
        </Button>
        <span className={css.gap} />
        <span className={css.subtle}>
          <kbd>Ctrl+Space</kbd> completes, <kbd>Ctrl+M</kbd> lets Tab move on
        </span>
      </div>
      {(changedMeanwhile || problems.length > 0) && (
        <div className={css.notes}>
          {changedMeanwhile && (
            <Alert component="p" variant="info" isInline title="The object has changed since you began">
              The review brings your text onto what is there now, and asks where both changed the same.
            </Alert>
          )}
          {problems.length > 0 && (
            <div role="alert">
              <Alert component="p" variant="danger" isInline title="It can’t be saved like this">
                <ul className={css.problems}>
                  {problems.map((problem) => (
                    <li key={`${problem.line}/${problem.path}/${problem.message}`}>
                      <Plain>{words(problem)}</Plain>
                    </li>
                  ))}
                </ul>
              </Alert>
            </div>
          )}
        </div>
      )}
    </>
  )
}

function words({ line, path, message }: EditProblem): string {
  return [line > 0 ? `Line ${line}` : '', path, message].filter(Boolean).join(': ')
}
