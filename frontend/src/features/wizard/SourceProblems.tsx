import ExclamationTriangleIcon from '@patternfly/react-icons/dist/esm/icons/exclamation-triangle-icon'
import { Plain } from '../../ui/Plain'
import type { Source } from '../../wails/model'
import css from './SourceProblems.module.css'
import { count } from './words'

interface Props {
  sources: readonly Source[]
  /** Shown open: there is nothing else to look at. */
  open?: boolean
}

/** What couldn't be read, and lesser things about what could; one line until it is opened. */
export function SourceProblems({ sources, open = false }: Props) {
  const broken = sources.filter((s) => s.problem !== '').map((s): Row => [s.name, s.problem])
  const notes = sources.flatMap((s) => s.notes.map((note): Row => [s.name, note]))
  if (broken.length + notes.length === 0) return null
  const words = [
    broken.length > 0 ? `${count(broken.length, 'file')} couldn’t be read` : '',
    notes.length > 0 ? count(notes.length, 'note') : '',
  ].filter(Boolean)
  return (
    <details className={css.problems} open={open}>
      <summary>
        {broken.length > 0 && <ExclamationTriangleIcon className={css.icon ?? ''} />} {words.join(', ')}
      </summary>
      <ul className={css.lines}>
        {[...broken, ...notes].map(([name, text], i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same file name and words can come twice
          <li key={`${name} ${i}`}>
            <strong>
              <Plain>{name}</Plain>
            </strong>
            : <Plain>{text}</Plain>
          </li>
        ))}
      </ul>
    </details>
  )
}

type Row = [name: string, text: string]
