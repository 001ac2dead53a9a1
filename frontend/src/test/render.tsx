import { render, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import type { ReactNode } from 'react'
import { expect } from 'vitest'
import { Providers } from '../app/Providers'
import { FakeBackend } from './fakeBackend'

/** Renders under the providers that the app has, inside <main>; waits until the session was read. */
export function renderPage(page: ReactNode, backend = new FakeBackend()) {
  return renderApp(<main>{page}</main>, backend)
}

/** The same for what brings its own <main>. */
export async function renderApp(app: ReactNode, backend = new FakeBackend()) {
  const user = userEvent.setup()
  const view = render(<Providers backend={backend}>{app}</Providers>)
  await waitFor(() => expect(view.queryByLabelText('Starting Binnacle')).toBeNull())
  return { ...view, backend, user }
}

/** Fails with the broken rules; colour contrast needs a real browser and is checked there. */
export async function expectNoViolations(element: Element = document.body): Promise<void> {
  const result = await axe.run(element, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } })
  expect(result.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' | ')}`)).toEqual([])
}
