import { Button } from '@patternfly/react-core'
import { lazy, type ReactNode, type RefObject, Suspense, useEffect, useId, useRef, useState } from 'react'
import { assertNever } from '../../lib/assertNever'
import type { Ways } from '../../lib/places'
import type { MenuItem } from '../../ui/ActionMenu'
import { ConfirmDialog } from '../../ui/ConfirmDialog'
import { useFleet } from '../../wails/context'
import type { ActionID, Member, ObjectRef, Object as Thing } from '../../wails/model'
import { everywhere, useNamesakes } from '../../wails/namesakes'
import { ActionDialog } from './ActionDialog'
import { type Asked, WORDS } from './actions'
import { Events } from './Events'
import { Frame } from './Frame'
import { Head } from './Head'
import css from './ObjectDrawer.module.css'
import { Overview } from './Overview'
import { Related } from './Related'
import { refKey } from './refs'
import { Tabs } from './Tabs'
import { useObject } from './useObject'
import { useTrail } from './useTrail'
import { Waiting } from './Waiting'

// The editor is larger than the rest of the page together, and most objects are never edited.
const YamlPart = lazy(() => import('./YamlPart').then((m) => ({ default: m.YamlPart })))

interface Props extends Ways {
  objectRef: ObjectRef
  onClose: () => void
}

type TabID = 'overview' | 'events' | 'related' | 'yaml'

const TABS: readonly [TabID, string][] = [
  ['overview', 'Overview'],
  ['events', 'Events'],
  ['related', 'Related'],
  ['yaml', 'YAML'],
]

/**
 * One object at the window's end: read, explained, edited and acted upon. Links lead on within it, and back. What was typed
 * in its YAML is never lost without a question.
 */
export function ObjectDrawer({ objectRef, onClose, onExplore, onOpen, onLogs }: Props) {
  const [unsaved, setUnsaved] = useState(false)
  const trail = useTrail(objectRef, unsaved, onOpen)
  const [leaving, setLeaving] = useState<(() => void) | null>(null)
  const leave = (go: () => void) => (unsaved ? setLeaving(() => go) : go())
  const { wanted } = trail
  const entering = useRef(true)
  const go = wanted ? () => trail.yieldTo(wanted) : leaving
  const discarded = useRef(false)
  const answer = (onward: () => void) => {
    setLeaving(null)
    if (discarded.current) {
      setUnsaved(false)
      onward()
    } else if (wanted) trail.stay()
    discarded.current = false
  }
  return (
    <Frame label={`Details of ${trail.shown.name}`} onClose={() => leave(onClose)}>
      <Content
        key={refKey(trail.shown)}
        of={trail.shown}
        entering={entering}
        before={trail.before.at(-1)}
        unsaved={unsaved}
        onUnsaved={setUnsaved}
        onBack={() => leave(trail.back)}
        onFollow={(ref) => leave(() => trail.follow(ref))}
        onClose={() => leave(onClose)}
        {...{ onExplore, onLogs }}
      />
      {go && (
        <ConfirmDialog
          title={`Discard your changes to ${trail.shown.name}?`}
          confirm="Discard the changes"
          danger
          onConfirm={async () => {
            discarded.current = true
          }}
          onClose={() => answer(go)}
        >
          <p>What you changed in its YAML is not saved yet.</p>
        </ConfirmDialog>
      )}
    </Frame>
  )
}

interface ContentProps {
  of: ObjectRef
  /** True until the drawer has taken the focus. */
  entering: RefObject<boolean>
  before: ObjectRef | undefined
  unsaved: boolean
  onUnsaved: (unsaved: boolean) => void
  onBack: () => void
  onFollow: (ref: ObjectRef) => void
  onClose: () => void
  onExplore: Ways['onExplore']
  onLogs: Ways['onLogs']
}

function Content({ of, entering, before, unsaved, onUnsaved, onFollow, onExplore, onLogs, ...ways }: ContentProps) {
  const id = useId()
  const read = useObject(of)
  const member = useMember(of.member)
  const [tab, setTab] = useState<TabID>('overview')
  const [round, setRound] = useState(0)
  const [asking, setAsking] = useState<Asked | null>(null)
  const [edit, setEdit] = useState(0)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    // And when the link that led here went away with the focus; but not from a person who goes through the table's rows.
    if (entering.current || document.activeElement === document.body) heading.current?.focus({ preventScroll: true })
    entering.current = false
  }, [entering])
  const thing = read.value
  const logged = thing?.actions.some((a) => a.id === 'logs' && !a.refused) ?? false
  const elsewhere = useNamesakes(logged ? of : null)
  const refresh = () => {
    read.again()
    setRound((n) => n + 1)
  }
  const run = (action: ActionID) => {
    if (action === 'logs') onLogs([thing?.ref ?? of])
    else if (action === 'edit') {
      setTab('yaml')
      setEdit((n) => n + 1)
    } else setAsking(action)
  }
  const state = `${round}/${thing?.version ?? ''}`
  return (
    <>
      <Head
        {...{ of, thing, member, before, heading, ...ways }}
        busy={read.busy}
        items={() => menu(thing, run)}
        onRefresh={refresh}
      >
        {logged && (
          <Button variant="secondary" size="sm" onClick={() => run('logs')}>
            Logs
          </Button>
        )}
        {elsewhere?.at === 'found' && elsewhere.refs.length > 0 && (
          <Button
            variant="secondary"
            size="sm"
            aria-label={everywhere(elsewhere).title}
            onClick={() => onLogs([of, ...elsewhere.refs])}
          >
            In all {elsewhere.refs.length + 1} clusters
          </Button>
        )}
      </Head>
      <Tabs label={`Parts of ${of.name}`} id={id} tabs={TABS} selected={tab} onSelect={setTab} />
      {TABS.map(([one]) =>
        one === tab || (one === 'yaml' && unsaved) ? (
          <div
            key={one}
            id={`${id}-panel-${one}`}
            role="tabpanel"
            aria-labelledby={`${id}-tab-${one}`}
            tabIndex={-1}
            hidden={one !== tab}
            className={one === 'yaml' ? css.whole : css.panel}
          >
            {panel(one)}
          </div>
        ) : null,
      )}
      {asking && thing && member && (
        <ActionDialog action={asking} thing={thing} member={member} onDone={refresh} onClose={() => setAsking(null)} />
      )}
    </>
  )

  function panel(one: TabID): ReactNode {
    switch (one) {
      case 'overview':
        return (
          <Waiting read={read} what={of.name}>
            {(value) => <Overview thing={value} onFollow={onFollow} onExplore={onExplore} />}
          </Waiting>
        )
      case 'events':
        return <Events of={of} round={state} />
      case 'related':
        return <Related of={of} round={state} onFollow={onFollow} />
      case 'yaml':
        return (
          <Suspense fallback={<p role="status">Loading the editor…</p>}>
            <YamlPart of={of} member={member} round={state} edit={edit} onUnsaved={onUnsaved} onSaved={refresh} />
          </Suspense>
        )
      default:
        return assertNever(one)
    }
  }
}

/** What can be done with the object, refused or not, deleting it apart from the rest. */
function menu(thing: Thing | null, run: (action: ActionID) => void): MenuItem[] {
  const actions = thing?.actions ?? []
  return actions.map(({ id, refused }) => ({
    id,
    title: WORDS[id].title,
    ...(refused ? { refused } : {}),
    danger: id === 'delete',
    parted: id === 'delete' && actions.length > 1,
    run: () => run(id),
  }))
}

function useMember(id: string): Member | undefined {
  const { state } = useFleet()
  return state.status === 'ready' ? state.value.members.find((m) => m.id === id) : undefined
}
