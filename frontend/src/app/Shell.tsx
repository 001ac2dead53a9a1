import { type ComponentProps, type ReactNode, Suspense, useEffect, useState } from 'react'
import { ClustersPage } from '../features/clusters/ClustersPage'
import { assertNever } from '../lib/assertNever'
import type { Member } from '../wails/model'
import { KeychainBanner } from './KeychainBanner'
import {
  AppsPage,
  ExplorePage,
  LogsDock,
  ObjectDrawer,
  OverviewPage,
  Palette,
  SealSettings,
  SettingsPage,
  SignInPanel,
  SyncPanel,
} from './late'
import { Masthead, type Panel } from './Masthead'
import { PAGES } from './pages'
import { Rail } from './Rail'
import css from './Shell.module.css'
import { useAttention } from './useAttention'
import { useCommands } from './useCommands'
import { usePalette } from './usePalette'
import { type Places, usePlaces } from './usePlaces'
import { useStartSignIn } from './useStartSignIn'
import { type Asking, Wizards } from './Wizards'

interface Props {
  /** The import to go through; undefined is none. */
  ticket: string | undefined
  onAdd: () => void
  onImported: () => void
}

/** The frame of every page once the view shows. */
export function Shell({ ticket, onAdd, onImported }: Props) {
  const places = usePlaces()
  const [panel, setPanel] = useState<Panel | null>(null)
  const [asking, setAsking] = useState<Asking | null>(null)
  const startSignIn = useStartSignIn()
  const palette = usePalette()
  const commands = useCommands({ onAdd, onPanel: setPanel })
  useAttention()
  const title = PAGES.find((p) => p.id === places.page)?.title ?? ''
  useEffect(() => {
    document.title = `${title} – Binnacle`
  }, [title])
  const close = () => setPanel(null)
  const doors = {
    onAdd,
    onGiveCredentials: (member: Member) => setAsking({ kind: 'credentials', member }),
    onProgram: (member: Member) => setAsking({ kind: 'program', member }),
    onSignIn: (member: Member) => {
      setPanel('signIns')
      startSignIn(member)
    },
  }
  return (
    <div className={css.shell}>
      <a className={css.skip} href="#main">
        Skip to the content
      </a>
      <Masthead
        panel={panel}
        onPanel={(which) => setPanel((now) => (now === which ? null : which))}
        onPalette={palette.show}
      />
      <Rail page={places.page} onPage={places.go} />
      <div className={css.stage}>
        <KeychainBanner />
        <div className={css.page}>
          <main id="main" tabIndex={-1} className={css.main}>
            <Suspense>{content(places, doors)}</Suspense>
          </main>
          <Suspense>
            {places.object && <ObjectDrawer objectRef={places.object} onClose={places.closeObject} {...places.ways} />}
          </Suspense>
        </div>
        <Suspense>
          {places.logs && <LogsDock refs={places.logs} onClose={places.closeLogs} onOpen={places.ways.onOpen} />}
        </Suspense>
        <Suspense>
          {panel === 'sync' && <SyncPanel seal={<SealSettings />} onClose={close} />}
          {panel === 'signIns' && <SignInPanel onClose={close} />}
        </Suspense>
      </div>
      <Suspense>
        {palette.open && (
          <Palette
            actions={commands}
            onClose={palette.close}
            onPage={places.go}
            onMember={places.showMember}
            {...places.ways}
          />
        )}
      </Suspense>
      <Wizards asking={asking} onAnswered={() => setAsking(null)} ticket={ticket} onImported={onImported} />
    </div>
  )
}

type Doors = ComponentProps<typeof ClustersPage>

function content(
  { page, seed, member, clusters, ways, ...to }: Places,
  doors: Omit<Doors, 'member' | 'seed'>,
): ReactNode {
  switch (page) {
    case 'clusters':
      return <ClustersPage member={member} seed={clusters} {...doors} />
    case 'overview':
      return <OverviewPage onClusters={to.showClusters} onMember={to.showMember} {...ways} />
    case 'explore':
      return <ExplorePage seed={seed} {...ways} />
    case 'apps':
      return <AppsPage {...ways} />
    case 'settings':
      return <SettingsPage />
    default:
      return assertNever(page)
  }
}
