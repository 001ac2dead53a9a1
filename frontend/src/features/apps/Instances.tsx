import type { Ways } from '../../lib/places'
import type { App, Member } from '../../wails/model'
import css from './Details.module.css'
import { Instance } from './Instance'

interface Props {
  app: App
  members: ReadonlyMap<string, Member>
  ways: Ways
}

const TITLES = ['Cluster', 'Namespace', 'Chart or package', 'Version', 'App', 'Status', 'Images', 'Changed']

/** Where an application runs, one row per namespace of a cluster. */
export function Instances({ app, members, ways }: Props) {
  const differs = new Set(app.drift.map((d) => d.field))
  return (
    <table className={css.instances} aria-label={`Instances of ${app.name}`}>
      <thead>
        <tr>
          {TITLES.map((title) => (
            <th key={title} scope="col">
              {title}
            </th>
          ))}
          <th scope="col">
            <span className="visually-hidden">Ways on</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {app.instances.map((one) => (
          <Instance
            key={[one.member, one.namespace, one.name].join('/')}
            app={app.name}
            one={one}
            member={members.get(one.member)}
            differs={differs}
            ways={ways}
          />
        ))}
      </tbody>
    </table>
  )
}
