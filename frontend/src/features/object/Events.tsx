import { Age } from '../../ui/Age'
import { EmptyView } from '../../ui/EmptyView'
import { Plain } from '../../ui/Plain'
import { Toned } from '../../ui/Toned'
import { useBackend } from '../../wails/context'
import type { ObjectEvent, ObjectRef } from '../../wails/model'
import css from './parts.module.css'
import { refKey } from './refs'
import { useRead } from './useRead'
import { Waiting } from './Waiting'

/** What the cluster tells of an object, the newest first. */
export function Events({ of, round }: { of: ObjectRef; round: string }) {
  const { objects } = useBackend()
  const read = useRead(() => objects.events(of), refKey(of), round)
  return (
    <Waiting read={read} what="the events">
      {({ events, why }) =>
        events.length > 0 ? (
          <Table events={events} />
        ) : (
          <EmptyView title={why ? 'The events can’t be shown' : 'No events'} level="h3">
            {why ? <Plain>{why}</Plain> : 'The cluster tells nothing of it. It keeps events for about an hour.'}
          </EmptyView>
        )
      }
    </Waiting>
  )
}

function Table({ events }: { events: readonly ObjectEvent[] }) {
  return (
    <div className={css.scroll}>
      <table className={css.table} aria-label="Events">
        <thead>
          <tr>
            <th scope="col">Reason</th>
            <th scope="col">Message</th>
            <th scope="col">Times</th>
            <th scope="col">Last</th>
            <th scope="col">From</th>
          </tr>
        </thead>
        <tbody>
          {events.map((event) => (
            <tr key={`${event.reason}/${event.message}/${event.source}/${event.first}`}>
              <th scope="row">
                {event.warning && <span className="visually-hidden">Warning: </span>}
                <Toned tone={event.warning ? 'warning' : 'none'}>{event.reason}</Toned>
              </th>
              <td className={css.message}>
                <Plain>{event.message}</Plain>
              </td>
              <td className={css.tight}>{event.count}</td>
              <td className={css.tight}>
                <Age at={event.last} />
              </td>
              <td>
                <Plain>{event.source}</Plain>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
