import { Button } from '@patternfly/react-core'
import type { Ways } from '../../lib/places'
import type { App } from '../../wails/model'
import { logsOf, logsWords } from './logs'

/** Opens the logs of an application's workloads in all clusters as one. */
export function AllLogs({ app, onLogs }: { app: App; onLogs: Ways['onLogs'] }) {
  const logs = logsOf(app.instances)
  const clusters = new Set(logs.refs.map((ref) => ref.member)).size
  if (clusters === 0) return null
  return (
    <p>
      <Button variant="secondary" size="sm" onClick={() => onLogs(logs.refs)}>
        {logsWords(logs)} {clusters === 1 ? 'in its cluster' : `in all ${clusters} clusters`}
      </Button>
    </p>
  )
}
