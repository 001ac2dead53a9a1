import { Alert } from '@patternfly/react-core'
import type { ReactNode } from 'react'
import { visible } from '../../lib/visible'
import { Plain } from '../../ui/Plain'
import type { Program } from '../../wails/model'
import css from './Program.module.css'

/** The program isn't on this machine: how to get it, and where it was looked for. */
export function Missing({ program: p, again }: { program: Program; again: ReactNode }) {
  return (
    <>
      <Alert
        component="p"
        isInline
        variant="warning"
        title={`${visible(p.command)} is not on this machine`}
        actionLinks={again}
      >
        <Plain>{p.installHint === '' ? 'Install it, then look again.' : p.installHint}</Plain>
      </Alert>
      {p.searched.length > 0 && (
        <details>
          <summary>Where it was looked for</summary>
          <ul className={css.lines}>
            {p.searched.map((folder) => (
              <li key={folder}>
                <code>
                  <Plain>{folder}</Plain>
                </code>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}
