import { type ComponentProps, type ReactNode, Suspense, useEffect, useState } from 'react'
import { ClustersPage } from '../features/clusters/ClustersPage'
import { assertNever } from '../lib/assertNever'
import { KeychainBanner } from './KeychainBanner'
import { SealSettings, SettingsPage, SignInPanel, SyncPanel } from './late'
import { Masthead, type Panel } from './Masthead'
import { PAGES, type PageID } from './pages'
import { Rail } from './Rail'
import css from './Shell.module.css'
import { useAttention } from './useAttention'
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
  const [page, setPage] = useState<PageID>('clusters')
  const [panel, setPanel] = useState<Panel | null>(null)
  const [asking, setAsking] = useState<Asking | null>(null)
  const startSignIn = useStartSignIn()
  useAttention()
  const title = PAGES.find((p) => p.id === page)?.title ?? ''
  useEffect(() => {
    document.title = `${title} – Binnacle`
  }, [title])
  const close = () => setPanel(null)
  const doors: Doors = {
    onAdd,
    onGiveCredentials: (member) => setAsking({ kind: 'credentials', member }),
    onProgram: (member) => setAsking({ kind: 'program', member }),
    onSignIn: (member) => {
      setPanel('signIns')
      startSignIn(member)
    },
  }
  return (
    <div className={css.shell}>
      <a className={css.skip} href="#main">
        Skip to the content
      </a>
      <Masthead panel={panel} onPanel={(which) => setPanel((now) => (now === which ? null : which))} />
      <Rail page={page} onPage={setPage} />
      <div className={css.stage}>
        <KeychainBanner />
        <main id="main" tabIndex={-1} className={css.main}>
          <Suspense>{content(page, doors)}</Suspense>
        </main>
        <Suspense>
          {panel === 'sync' && <SyncPanel seal={<SealSettings />} onClose={close} />}
          {panel === 'signIns' && <SignInPanel onClose={close} />}
        </Suspense>
      </div>
      <Wizards asking={asking} onAnswered={() => setAsking(null)} ticket={ticket} onImported={onImported} />
    </div>
  )
}

type Doors = ComponentProps<typeof ClustersPage>

function content(page: PageID, doors: Doors): ReactNode {
  switch (page) {
    case 'clusters':
      return <ClustersPage {...doors} />
    case 'settings':
      return <SettingsPage />
    default:
      return assertNever(page)
  }
}
