import { Alert } from '@patternfly/react-core'
import { visible } from '../../lib/visible'
import { Copyable } from '../../ui/Copyable'
import { DistributionMark } from '../../ui/DistributionMark'
import { KeyValue } from '../../ui/KeyValue'
import { Plain } from '../../ui/Plain'
import type { Lookup } from '../../wails/model'
import css from './Address.module.css'

/** What is at the address. */
export function Facts({ found }: { found: Lookup }) {
  return (
    <>
      {found.plain && (
        <Alert component="p" isInline variant="warning" title="Plain http: nothing on the way is protected">
          Anyone between this machine and the server can read and change what is sent, your token too. Use https if the
          server offers it.
        </Alert>
      )}
      <KeyValue
        items={[
          ['Server', <Copyable key="s" text={found.server} short={visible(found.server)} what="server address" mono />],
          ['Kubernetes', found.version !== '' && <Plain key="v">{found.version}</Plain>],
          ['Distribution', found.distribution !== '' && <DistributionMark key="d" id={found.distribution} />],
          ['There too', found.console !== '' && <Plain key="c">{found.console}</Plain>],
        ]}
      />
      {found.notes.map((note) => (
        <p key={note} className={css.help}>
          <Plain>{note}</Plain>
        </p>
      ))}
    </>
  )
}
