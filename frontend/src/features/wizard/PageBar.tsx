import { Button } from '@patternfly/react-core'
import css from './PageBar.module.css'
import type { Pages } from './usePages'

/** Back and forth through the pages; nothing when there is one. */
export function PageBar({ pages }: { pages: Pages<unknown> }) {
  if (pages.pages === 1) return null
  return (
    <nav aria-label="Pages" className={css.bar}>
      <Button variant="secondary" isDisabled={pages.page === 1} onClick={() => pages.go(pages.page - 1)}>
        Previous page
      </Button>
      <span aria-live="polite">
        Page {pages.page} of {pages.pages}
      </span>
      <Button variant="secondary" isDisabled={pages.page === pages.pages} onClick={() => pages.go(pages.page + 1)}>
        Next page
      </Button>
    </nav>
  )
}
