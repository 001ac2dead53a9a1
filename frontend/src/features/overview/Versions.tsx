import type { ClusterSeed } from '../../lib/places'
import { visible } from '../../lib/visible'
import { Toned } from '../../ui/Toned'
import type { Member, Version } from '../../wails/model'
import { Card } from './Card'
import css from './Lists.module.css'
import { skew } from './skew'
import { counted } from './words'

interface Props {
  versions: readonly Version[]
  members: ReadonlyMap<string, Member>
  onClusters: (seed: ClusterSeed) => void
}

/** Kubernetes' versions with the clusters that run them, and what lies between them. */
export function Versions({ versions, members, onClusters }: Props) {
  const notice = skew(versions)
  return (
    <Card title="Kubernetes versions" members={members}>
      {versions.length === 0 && <p className={css.quiet}>No cluster has told its version yet.</p>}
      {notice !== '' && (
        <p className={css.notice}>
          <Toned tone="warning">{notice}</Toned>
        </p>
      )}
      <ul className={css.list}>
        {versions.map(({ version, members: ids }) => {
          const names = ids.map((id) => visible(members.get(id)?.name ?? id)).join(', ')
          const on = ids.length === 1 ? names : counted(ids.length, 'cluster')
          return (
            <li key={version}>
              <button
                type="button"
                className={css.row}
                aria-label={`${version} ${on}`}
                title={names}
                onClick={() => onClusters({ search: version })}
              >
                <span className={css.version}>{visible(version)}</span> <span className={css.names}>{on}</span>
              </button>
            </li>
          )
        })}
      </ul>
    </Card>
  )
}
