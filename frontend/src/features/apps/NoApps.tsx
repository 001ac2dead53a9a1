import CubesIcon from '@patternfly/react-icons/dist/esm/icons/cubes-icon'
import { EmptyView } from '../../ui/EmptyView'
import type { AppMember, Member } from '../../wails/model'
import css from './AppsPage.module.css'
import { isLacking, Lacking } from './Progress'

interface Props {
  told: readonly AppMember[]
  members: ReadonlyMap<string, Member>
}

/** There is nothing to list: nothing is installed, or nothing could be read and why. */
export function NoApps({ told, members }: Props) {
  const lacking = told.filter(isLacking)
  if (told.length === 0)
    return (
      <div className={css.center}>
        <EmptyView title="No cluster to read from" icon={CubesIcon}>
          Applications show here as soon as a cluster of your view is connected.
        </EmptyView>
      </div>
    )
  if (lacking.length === 0)
    return (
      <div className={css.center}>
        <EmptyView title="No applications found" icon={CubesIcon}>
          No cluster has Helm releases, operators, Argo CD or Flux applications, or workloads with the labels
          app.kubernetes.io that you may see.
        </EmptyView>
      </div>
    )
  return (
    <div className={css.center}>
      <EmptyView title="No applications can be seen" icon={CubesIcon}>
        <ul className={css.reasons}>
          {lacking.slice(0, 6).map((one) => (
            <li key={one.id}>
              <Lacking one={one} name={members.get(one.id)?.name ?? one.id} />
            </li>
          ))}
          {lacking.length > 6 && <li>and {lacking.length - 6} more clusters</li>}
        </ul>
      </EmptyView>
    </div>
  )
}
