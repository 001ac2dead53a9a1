import { PAGES, type PageID } from './pages'
import css from './Rail.module.css'

/** The pages, as a narrow rail that leaves the width to the tables. */
export function Rail({ page, onPage }: { page: PageID; onPage: (page: PageID) => void }) {
  return (
    <nav aria-label="Pages" className={css.rail}>
      <ul className={css.list}>
        {PAGES.map(({ id, title, icon: Icon, foot }) => (
          <li key={id} className={foot ? css.foot : undefined}>
            <button
              type="button"
              className={css.page}
              aria-current={page === id ? 'page' : undefined}
              onClick={() => onPage(id)}
            >
              <span className={css.icon} aria-hidden="true">
                <Icon />
              </span>
              {title}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  )
}
