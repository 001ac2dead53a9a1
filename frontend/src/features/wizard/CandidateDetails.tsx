import { Alert } from '@patternfly/react-core'
import { visible } from '../../lib/visible'
import { Age } from '../../ui/Age'
import { Copyable } from '../../ui/Copyable'
import { KeyValue } from '../../ui/KeyValue'
import { Plain } from '../../ui/Plain'
import type { Candidate } from '../../wails/model'
import css from './CandidateDetails.module.css'
import { FlagList } from './FlagList'
import { NativeOffer } from './NativeOffer'
import { verdictOf } from './verdict'
import { authWords, caWords, isFingerprint } from './words'

/** Everything that is known of one context before anything is kept. */
export function CandidateDetails({ ticket, candidate }: { ticket: string; candidate: Candidate | undefined }) {
  if (candidate === undefined) {
    return <p className={css.none}>Choose a context to see what is in it.</p>
  }
  const c = candidate
  return (
    <section aria-label={`About ${visible(c.context)}`} className={css.details}>
      <h2 className={css.title} title={visible(c.context)}>
        <Plain>{c.context}</Plain>
      </h2>
      {verdictOf(c) === 'problem' && (
        <Alert component="p" isInline variant="danger" title="This context can’t be used">
          <Plain>{c.problem}</Plain>
        </Alert>
      )}
      {verdictOf(c) === 'member' && (
        <Alert component="p" isInline variant="info" title="This cluster and user are in your view already">
          Picking it replaces the credentials of <Plain>{c.memberName}</Plain>; its name, group and labels stay.
        </Alert>
      )}
      <NativeOffer ticket={ticket} candidate={c} />
      <FlagList flags={c.flags} />
      <KeyValue
        items={[
          [
            'Server',
            c.server === '' ? (
              ''
            ) : (
              <Copyable key="s" text={c.server} short={visible(c.server)} what="server address" mono />
            ),
          ],
          ['TLS name', c.tlsName === '' ? '' : <Plain key="t">{c.tlsName}</Plain>],
          ['CA', <CA key="c" ca={c.ca} />],
          ['Signs in with', authWords(c.authKind)],
          ['User', c.identity === '' ? '' : <Identity key="i" identity={c.identity} />],
          ['Expires', c.expiresAt === 0 ? '' : <Expiry key="e" at={c.expiresAt} />],
          ['Namespace', c.namespace === '' ? '' : <Plain key="n">{c.namespace}</Plain>],
          ['In the file', <Plain key="f">{`cluster ${c.cluster}, user ${c.user}`}</Plain>],
          ['Source', <Plain key="o">{c.source}</Plain>],
        ]}
      />
    </section>
  )
}

/** A CA, short, with its whole fingerprint to copy. */
export function CA({ ca }: { ca: string }) {
  if (!isFingerprint(ca)) return caWords(ca)
  return <Copyable text={ca} short={caWords(ca)} what="CA fingerprint" mono />
}

function Identity({ identity }: { identity: string }) {
  return (
    <>
      <Plain>{identity}</Plain> <span className={css.aside}>(as the file says)</span>
    </>
  )
}

function Expiry({ at }: { at: number }) {
  return (
    <span className={at < Date.now() ? css.expired : undefined}>
      <Age at={at} />
    </span>
  )
}
