import { Button } from '@patternfly/react-core'
import SearchIcon from '@patternfly/react-icons/dist/esm/icons/search-icon'
import ServerGroupIcon from '@patternfly/react-icons/dist/esm/icons/server-group-icon'
import { EmptyView } from '../../ui/EmptyView'
import css from './empty.module.css'

/** The view has no member yet. */
export function NoMembers({ onAdd }: { onAdd: () => void }) {
  return (
    <div className={css.whole}>
      <h1 className="visually-hidden">Clusters</h1>
      <EmptyView
        title="No clusters in your view yet"
        icon={ServerGroupIcon}
        actions={
          <Button variant="primary" onClick={onAdd}>
            Add clusters
          </Button>
        }
      >
        Add the clusters that you may access, from kubeconfig files, a folder or pasted text. You can also drop files on
        this window.
      </EmptyView>
    </div>
  )
}

/** The filters leave nothing. */
export function NoMatch({ onClear }: { onClear: () => void }) {
  return (
    <EmptyView
      title="No cluster matches"
      icon={SearchIcon}
      actions={
        <Button variant="link" onClick={onClear}>
          Clear filters
        </Button>
      }
    >
      Change the search or the filters to see more.
    </EmptyView>
  )
}
