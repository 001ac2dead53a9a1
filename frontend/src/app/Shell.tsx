import { type ReactNode, useEffect, useState } from 'react'
import { ClustersPage } from '../features/clusters/ClustersPage'
import { SealSettings } from '../features/seal/SealSettings'
import { SettingsPage } from '../features/settings/SettingsPage'
import { SyncPanel } from '../features/sync/SyncPanel'
import { ReplaceCredentials } from '../features/wizard/ReplaceCredentials'
import { assertNever } from '../lib/assertNever'
import type { Member } from '../wails/model'
import { KeychainBanner } from './KeychainBanner'
import { Masthead } from './Masthead'
import { PAGES, type PageID } from './pages'
import { Rail } from './Rail'
import css from './Shell.module.css'

/** The frame of every page once the view shows. */
export function Shell({ onAdd }: { onAdd: () => void }) {
  const [page, setPage] = useState<PageID>('clusters')
  const [syncOpen, setSyncOpen] = useState(false)
  const [giving, setGiving] = useState<Member | null>(null)
  const title = PAGES.find((p) => p.id === page)?.title ?? ''
  useEffect(() => {
    document.title = `${title} – Binnacle`
  }, [title])
  return (
    <div className={css.shell}>
      <a className={css.skip} href="#main">
        Skip to the content
      </a>
      <Masthead syncOpen={syncOpen} onSync={() => setSyncOpen((open) => !open)} />
      <Rail page={page} onPage={setPage} />
      <div className={css.stage}>
        <KeychainBanner />
        <main id="main" tabIndex={-1} className={css.main}>
          {content(page, onAdd, setGiving)}
        </main>
        {syncOpen && <SyncPanel seal={<SealSettings />} onClose={() => setSyncOpen(false)} />}
      </div>
      {giving && <ReplaceCredentials member={giving} onClose={() => setGiving(null)} />}
    </div>
  )
}

function content(page: PageID, onAdd: () => void, give: (member: Member) => void): ReactNode {
  switch (page) {
    case 'clusters':
      return <ClustersPage onAdd={onAdd} onGiveCredentials={give} />
    case 'settings':
      return <SettingsPage />
    default:
      return assertNever(page)
  }
}
