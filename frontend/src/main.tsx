import '@patternfly/react-core/dist/styles/base.css'
import './ui/tokens.css'
import './ui/global.css'
import { StrictMode } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { App } from './app/App'
import { Mishap } from './app/Mishap'
import { Providers } from './app/Providers'
import { dress } from './app/theme'
import type { Backend } from './wails/backend'
import { goBackend } from './wails/go'

// The fake is for looking at screens in `vite`; the production build drops the import with the branch.
async function chosenBackend(): Promise<Backend> {
  if (import.meta.env.DEV) {
    const query = new URLSearchParams(location.search)
    if (query.has('fake')) return (await import('./test/variants')).fakeVariant(query)
  }
  return goBackend
}

const root = document.getElementById('root')
if (root) {
  const backend = await chosenBackend()
  // Before anything is painted, so that a dark window doesn't flash.
  dress(backend.first()?.session.settings ?? { theme: 'system', density: 'comfortable' })
  // At once, and not when the scheduler comes to it: the person waits for this render.
  flushSync(() =>
    createRoot(root).render(
      <StrictMode>
        <Mishap>
          <Providers backend={backend}>
            <App />
          </Providers>
        </Mishap>
      </StrictMode>,
    ),
  )
}
