import { screen, waitFor } from '@testing-library/react'
import { useState } from 'react'
import { describe, expect, it, vi } from 'vitest'
import { FakeBackend } from '../../test/fakeBackend'
import { member } from '../../test/fleetFixtures'
import { candidate } from '../../test/importFixture'
import { expectNoViolations, renderPage } from '../../test/render'
import type { Candidate } from '../../wails/model'
import { ReplaceCredentials } from './ReplaceCredentials'

const harbour = member('m1', 'harbour')
const own = (index: number, context: string, over: Partial<Candidate> = {}) =>
  candidate(index, context, { server: harbour.server, ca: harbour.ca, identity: harbour.identity, ...over })

function Host({ onClose }: { onClose: () => void }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        Replace
      </button>
      {open && <ReplaceCredentials member={harbour} onClose={onClose} />}
    </>
  )
}

async function read(candidates: Candidate[]) {
  const backend = new FakeBackend({ imports: [{ seq: 1, ticket: 't', testing: false, sources: [], candidates }] })
  vi.spyOn(backend, 'pickFiles').mockResolvedValue('t')
  const onClose = vi.fn()
  const page = await renderPage(<Host onClose={onClose} />, backend)
  await page.user.click(screen.getByRole('button', { name: 'Replace' }))
  await page.user.click(screen.getByRole('button', { name: /^Choose files/ }))
  await screen.findByRole('grid')
  return { ...page, onClose }
}

vi.setConfig({ testTimeout: 30_000 })

describe('ReplaceCredentials', () => {
  it('begins with the context of the member’s own server, tests it and replaces', async () => {
    const { user, backend, onClose } = await read([candidate(0, 'else'), own(1, 'same')])
    expect(screen.getAllByRole('row')[0]).toHaveTextContent('same')
    expect(screen.getByRole('radio', { name: 'Use same' })).toBeChecked()
    await expectNoViolations()
    await user.click(screen.getByRole('button', { name: 'Next' }))
    await user.click(await screen.findByRole('button', { name: 'Replace credentials' }))
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce())
    expect(backend.called('testCandidates')).toEqual([['t', [1]]])
    expect(backend.called('replaceCredentials')).toEqual([['m1', 't', 1]])
  })

  it('shows both values when the context leads elsewhere', async () => {
    const { user } = await read([candidate(0, 'else', { ca: 'insecure' }), own(1, 'same')])
    await user.click(screen.getByRole('radio', { name: 'Use else' }))
    const server = screen.getByRole('row', { name: /^Server/ })
    expect(server).toHaveTextContent(harbour.server)
    expect(server).toHaveTextContent('https://else.example.net:6443')
    expect(screen.getByRole('row', { name: /^CA/ })).toHaveTextContent('Not checked')
    await user.click(screen.getByRole('button', { name: 'Next' }))
    expect(await screen.findByRole('button', { name: 'Replace anyway' })).toBeEnabled()
  })

  it('chooses nothing by itself when no context is for that server', async () => {
    const { user } = await read([candidate(0, 'else')])
    expect(screen.getByText(/None of these contexts is for this cluster’s server/)).toBeInTheDocument()
    expect(screen.getByRole('button', { name: 'Next' })).toBeDisabled()
    screen.getByRole('grid').focus()
    await user.keyboard('{Enter}')
    expect(screen.getByRole('radio', { name: 'Use else' })).toBeChecked()
    expect(screen.getByRole('button', { name: 'Next' })).toBeEnabled()
  })

  it('keeps what failed in sight', async () => {
    const { user, backend, onClose } = await read([own(0, 'same')])
    await user.click(screen.getByRole('button', { name: 'Next' }))
    backend.fail('replaceCredentials', { code: 'keychain', message: 'The keychain is locked.' })
    await user.click(await screen.findByRole('button', { name: 'Replace credentials' }))
    expect(await screen.findByRole('alert')).toHaveTextContent('The keychain is locked.')
    expect(onClose).not.toHaveBeenCalled()
  })
})
