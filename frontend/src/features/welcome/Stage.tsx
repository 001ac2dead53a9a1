import type { ReactNode } from 'react'
import css from './Stage.module.css'

/** The page before the view: one column in the middle, wide where a list of contexts is shown. */
export function Stage({ wide = false, children }: { wide?: boolean; children: ReactNode }) {
  return (
    <main className={css.stage}>
      <p className={css.brand}>
        <img src="/logo.svg" alt="" width="30" height="30" />
        Binnacle
      </p>
      <div className={css.column} data-wide={wide}>
        {children}
      </div>
    </main>
  )
}
