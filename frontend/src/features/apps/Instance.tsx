import { useState } from 'react'
import type { Ways } from '../../lib/places'
import { visible } from '../../lib/visible'
import { Age } from '../../ui/Age'
import { ColorDot } from '../../ui/ColorDot'
import { Toned } from '../../ui/Toned'
import type { AppInstance, Member } from '../../wails/model'
import css from './Details.module.css'
import { logsOf, logsWords } from './logs'

interface Props {
  /** The application's name. */
  app: string
  one: AppInstance
  member: Member | undefined
  /** The fields in which the instances differ. */
  differs: ReadonlySet<string>
  ways: Ways
}

/** One instance, with the ways on from it. */
export function Instance({ app, one, member, differs, ways }: Props) {
  const name = member?.name ?? one.member
  const where = `${app} in ${name}`
  const { ref, selector, namespace } = one
  const logs = logsOf([one])
  return (
    <tr>
      <th scope="row">
        <span className={css.member}>
          <ColorDot color={member?.color ?? ''} />
          {visible(name)}
        </span>
      </th>
      <td>
        {visible(namespace)}
        {one.name !== app && <span className={css.quiet}> {visible(one.name)}</span>}
      </td>
      <td>{visible(one.chart)}</td>
      <td data-differs={differs.has('version')}>
        {visible(one.version)}
        {one.revision !== '' && <span className={css.quiet}> rev {visible(one.revision)}</span>}
      </td>
      <td data-differs={differs.has('app')}>{visible(one.app)}</td>
      <td data-differs={differs.has('status')}>
        <Toned tone={one.tone}>{one.status}</Toned>
        {one.message !== '' && <p className={css.message}>{visible(one.message)}</p>}
      </td>
      <td>
        <Images images={one.images} where={where} />
      </td>
      <td>{one.updated > 0 && <Age at={one.updated} />}</td>
      <td className={css.ways}>
        {ref && (
          <button type="button" aria-label={`Open what stands for ${where}`} onClick={() => ways.onOpen(ref)}>
            Open
          </button>
        )}
        {selector !== '' && (
          <button
            type="button"
            aria-label={`Show the pods of ${where}`}
            onClick={() => {
              const namespaces = namespace === '' ? [] : [namespace]
              ways.onExplore({ kind: 'pods', filter: { members: [one.member], namespaces, labels: selector } })
            }}
          >
            Pods
          </button>
        )}
        {logs.refs.length > 0 && (
          <button type="button" aria-label={`${logsWords(logs)} of ${where}`} onClick={() => ways.onLogs(logs.refs)}>
            {logsWords(logs)}
          </button>
        )}
      </td>
    </tr>
  )
}

/** An image without its registry and folder; of a digest the beginning. The whole is the title. */
function short(image: string): string {
  const name = image.slice(image.lastIndexOf('/') + 1)
  return name.replace(/(@\w+:\w{12})\w+$/, '$1…')
}

const FEW = 2

function Images({ images, where }: { images: readonly string[]; where: string }) {
  const [all, setAll] = useState(false)
  const shown = all ? images : images.slice(0, FEW)
  const rest = images.length - shown.length
  return (
    <ul className={css.images}>
      {shown.map((image) => (
        <li key={image} title={visible(image)}>
          {visible(short(image))}
        </li>
      ))}
      {rest > 0 && (
        <li>
          <button type="button" aria-label={`${rest} more of the images of ${where}`} onClick={() => setAll(true)}>
            {rest} more
          </button>
        </li>
      )}
    </ul>
  )
}
