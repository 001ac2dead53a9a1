import { Alert } from '@patternfly/react-core'
import { visible } from '../../lib/visible'
import { Plain } from '../../ui/Plain'
import css from './Differences.module.css'
import type { Difference } from './replace'
import { caWords } from './words'

/** What would change with the new credentials, both values side by side. */
export function Differences({ of, rows }: { of: string; rows: readonly Difference[] }) {
  const elsewhere = rows.some((row) => row.what !== 'User')
  return (
    <Alert
      component="p"
      isInline
      variant="warning"
      title={elsewhere ? `This is not where ${visible(of)} was until now` : 'This is another user than until now'}
    >
      {elsewhere && (
        <p>Replacing sends these credentials to the new place. Do it only if you know that it has moved.</p>
      )}
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">What</span>
            </th>
            <th scope="col">Now</th>
            <th scope="col">With this context</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.what}>
              <th scope="row">{row.what}</th>
              <td title={row.now}>
                <Value row={row} text={row.now} />
              </td>
              <td title={row.next}>
                <Value row={row} text={row.next} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Alert>
  )
}

function Value({ row, text }: { row: Difference; text: string }) {
  if (row.what === 'CA') return <code>{caWords(text)}</code>
  return text === '' ? 'none' : <Plain>{text}</Plain>
}
