import { Button } from '@patternfly/react-core'
import { Age } from '../../ui/Age'
import { ColorDot } from '../../ui/ColorDot'
import { Copyable } from '../../ui/Copyable'
import { DistributionMark } from '../../ui/DistributionMark'
import { Drawer } from '../../ui/Drawer'
import { KeyValue } from '../../ui/KeyValue'
import { LabelChips } from '../../ui/LabelChips'
import type { Member } from '../../wails/model'
import { AccessPart } from './AccessPart'
import { type ActionContext, runAction } from './actions'
import { authWords, ExpiryText, Identity, T4K } from './cells'
import css from './Details.module.css'
import { ProposedEndpoint } from './ProposedEndpoint'
import { Standing } from './Standing'

interface Props {
  member: Member
  context: ActionContext
  onClose: () => void
}

/** All that is known of one member, with why it stands as it does and the one thing that helps. */
export function Details({ member: m, context, onClose }: Props) {
  return (
    <Drawer
      label={`Details of ${m.name}`}
      title={
        <span className={css.title}>
          <ColorDot color={m.color} />
          {m.name}
        </span>
      }
      onClose={onClose}
    >
      <Standing member={m} context={context} />
      {m.proposed && <ProposedEndpoint member={m} proposed={m.proposed} />}
      <KeyValue
        items={[
          ['Primary', m.primary ? 'Holds your view' : ''],
          ['Server', <Copyable key="server" text={m.server} what="server address" />],
          ['TLS name', m.tlsName],
          ['CA', <CA key="ca" value={m.ca} />],
          ['Identity', m.identity && <Identity key="identity" name={m.identity} verified={m.identityVerified} />],
          ['Authentication', authWords(m.authKind)],
          ['Credential expires', m.expiresAt > 0 && <ExpiryText key="expires" at={m.expiresAt} what="credential" />],
          [
            'Server certificate',
            m.serverCertExpires > 0 && <ExpiryText key="cert" at={m.serverCertExpires} what="server certificate" />,
          ],
        ]}
      />
      <h3 className={css.part}>Cluster</h3>
      <KeyValue
        items={[
          ['Distribution', <DistributionOf key="distribution" member={m} />],
          ['Region', m.region],
          ['Kubernetes', m.version],
          ['T4K', <T4K key="t4k" member={m} />],
          ['Latency', m.latencyMS < 0 ? '' : `${m.latencyMS} ms`],
          ['Facts confirmed', <Age key="seen" at={m.seen} none="never" />],
        ]}
      />
      <AccessPart access={m.access} />
      <h3 className={css.part}>In your view</h3>
      <KeyValue
        items={[
          ['Group', m.group || 'None'],
          ['Labels', Object.keys(m.labels).length > 0 ? <LabelChips key="labels" labels={m.labels} /> : 'None'],
        ]}
      />
      <div className={css.actions}>
        <Button variant="secondary" onClick={() => runAction('edit', context)}>
          Edit {m.name}
        </Button>
        <Button variant="link" onClick={() => runAction('diagnostics', context)}>
          Show diagnostics
        </Button>
      </div>
    </Drawer>
  )
}

function DistributionOf({ member: m }: { member: Member }) {
  return (
    <span className={css.byHand}>
      <DistributionMark id={m.distribution} />
      {m.distributionByHand && <span className={css.subtle}>set by hand</span>}
    </span>
  )
}

/** A CA by its fingerprint, in words where there is none. */
function CA({ value }: { value: string }) {
  if (value === '') return <>The system’s</>
  if (value === 'insecure') return <span className={css.danger}>Not checked</span>
  return <Copyable text={value} short={`SHA-256 ${value.slice(0, 12)}…`} what="CA fingerprint" mono />
}
