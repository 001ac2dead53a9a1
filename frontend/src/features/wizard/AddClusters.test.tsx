import { screen, waitFor, within } from '@testing-library/react'
import { useState } from 'react'
import { describe, expect, it, vi } from 'vitest'
import { FakeBackend } from '../../test/fakeBackend'
import { candidate } from '../../test/importFixture'
import { expectNoViolations, renderPage } from '../../test/render'
import type { Candidate, Import } from '../../wails/model'
import { AddClusters } from './AddClusters'

const importOf = (candidates: Candidate[], over: Partial<Import> = {}): Import => ({
  seq: 1,
  ticket: 't',
  testing: false,
  sources: [],
  candidates,
  ...over,
})

function Host({ ticket, onClose }: { ticket: string; onClose: () => void }) {
  const [open, setOpen] = useState(false)
  const close = () => {
    setOpen(false)
    onClose()
  }
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        Add
      </button>
      {open && <AddClusters ticket={ticket} onClose={close} />}
    </>
  )
}

async function start(ticket = '', backend = new FakeBackend()) {
  const onClose = vi.fn()
  const page = await renderPage(<Host ticket={ticket} onClose={onClose} />, backend)
  await page.user.click(screen.getByRole('button', { name: 'Add' }))
  return { ...page, onClose }
}

async function open(found: Import) {
  const page = await start(found.ticket, new FakeBackend({ imports: [found] }))
  await screen.findByRole('grid', { name: 'Contexts' })
  return page
}

const next = () => screen.getByRole('button', { name: 'Next' })
const box = (name: string | RegExp) => screen.getByRole('checkbox', { name })
const pier = candidate(0, 'north-pier')
const chart = candidate(1, 'old-chart')

// Roles are computed by walking the page, and a slow machine walks slowly.
vi.setConfig({ testTimeout: 30_000 })

describe('AddClusters', () => {
  it('goes from the source to a connected cluster', async () => {
    const { user, backend, onClose } = await start()
    await user.click(screen.getByRole('button', { name: /^Choose files/ }))
    expect(await screen.findByRole('heading', { name: 'Which contexts do you want in your view?' })).toHaveFocus()
    await user.click(box('Connect north-pier'))
    await user.click(next())
    const name = screen.getByRole('textbox', { name: 'Name of north-pier' })
    await user.clear(name)
    await user.type(name, 'pier')
    await user.selectOptions(screen.getByRole('combobox', { name: 'Colour of north-pier' }), 'teal')
    await user.type(screen.getByRole('combobox', { name: 'Group of north-pier' }), 'Europe')
    await user.type(screen.getByRole('textbox', { name: 'Labels of north-pier' }), 'env=prod')
    await user.click(next())
    await user.click(await screen.findByRole('button', { name: 'Connect 1 cluster' }))
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce())
    const pick = { index: 0, name: 'pier', color: 'teal', group: 'Europe', labels: { env: 'prod' } }
    expect(backend.called('addMembers')).toEqual([[{ ticket: 'ticket-1', picks: [pick] }]])
    expect(backend.called('cancelImport')).toEqual([])
  })

  it('stays at the source when the dialog was cancelled, and says why when reading failed', async () => {
    const { user, backend } = await start()
    vi.spyOn(backend, 'pickFolder').mockResolvedValue('')
    await user.click(screen.getByRole('button', { name: /^Choose folder/ }))
    backend.fail('pickFiles', { code: 'invalid', message: 'The file is too large.', hint: 'Choose a kubeconfig.' })
    await user.click(screen.getByRole('button', { name: /^Choose files/ }))
    expect(await screen.findByRole('alert')).toHaveTextContent('The file is too large.')
    expect(screen.queryByRole('grid')).not.toBeInTheDocument()
  })

  it('sends pasted text once and leaves nothing of it in the page', async () => {
    const { user, backend, baseElement } = await start()
    backend.fail('importText', { code: 'invalid', message: 'line 3: not YAML' })
    await user.click(screen.getByRole('button', { name: /^Paste/ }))
    const area = screen.getByRole('textbox', { name: 'Kubeconfig' })
    expect(area).toHaveFocus()
    await user.type(area, 'token: s3cret')
    expect(baseElement.innerHTML).not.toContain('s3cret')
    await user.click(screen.getByRole('button', { name: 'Read it' }))
    expect(await screen.findByRole('alert')).toHaveTextContent('line 3: not YAML')
    expect(area).toHaveValue('')
    expect(backend.called('importText')).toEqual([['token: s3cret']])
  })

  it('shows what a context asks for before it is picked', async () => {
    const flags = [
      {
        kind: 'exec',
        severity: 'danger',
        title: 'Runs a program',
        detail: 'aws eks get-token\nEnvironment: AWS_PROFILE',
      },
    ]
    const { user } = await open(importOf([pier, candidate(1, 'pilot', { authKind: 'exec', flags })]))
    await user.click(screen.getByText('pilot'))
    const about = screen.getByRole('region', { name: 'About pilot' })
    expect(within(about).getByText(/aws eks get-token/)).toHaveTextContent('Environment: AWS_PROFILE')
    expect(box('Connect pilot')).not.toBeChecked()
  })

  it('shows hostile text as text', async () => {
    const { baseElement } = await open(importOf([candidate(0, '<img src=x>\u202Egnp', { problem: '<b>no</b>' })]))
    expect(screen.getAllByText('<img src=x>⟨202E⟩gnp').length).toBeGreaterThan(0)
    expect(baseElement.querySelector('img')).toBeNull()
    expect(baseElement.textContent).not.toContain('\u202E')
    expect(screen.getByText('<b>no</b>')).toBeInTheDocument()
  })

  it('does not let a context be picked that has a problem', async () => {
    await open(importOf([pier, candidate(1, 'old-lab', { problem: 'The file has no user named bob.' })]))
    expect(box('Connect old-lab')).toBeDisabled()
  })

  it('works by keyboard alone: arrows, Space', async () => {
    const { user } = await open(importOf([pier, chart]))
    screen.getByRole('grid').focus()
    await user.keyboard('{ArrowDown} ')
    expect(box('Connect old-chart')).toBeChecked()
    expect(box('Connect north-pier')).not.toBeChecked()
    expect(screen.getByRole('region', { name: 'About old-chart' })).toBeInTheDocument()
    expect(screen.getByRole('grid')).toHaveAttribute(
      'aria-activedescendant',
      screen.getByRole('row', { name: /old-chart/ }).id,
    )
  })

  it('keeps few rows for many contexts, and selects all of them', async () => {
    const many = Array.from({ length: 300 }, (_, i) => candidate(i, `context-${i}`))
    const { user } = await open(importOf(many))
    expect(screen.getAllByRole('row').length).toBeLessThan(40)
    expect(screen.getByRole('grid')).toHaveAttribute('aria-rowcount', '300')
    await user.click(screen.getByRole('button', { name: 'Select all 300' }))
    expect(screen.getByText('300 picked')).toBeInTheDocument()
    await user.type(screen.getByRole('textbox', { name: 'Search contexts' }), 'context-299')
    expect(box('Connect context-299')).toBeChecked()
  })

  it('asks for another name when one is taken, and puts the focus there', async () => {
    const { user } = await open(importOf([pier, candidate(1, 'chart', { name: 'harbour', nameTaken: true })]))
    await user.click(screen.getByRole('button', { name: 'Select all 2' }))
    await user.click(next())
    await user.click(next())
    const name = screen.getByRole('textbox', { name: 'Name of chart' })
    expect(name).toHaveFocus()
    expect(name).toHaveAccessibleDescription('A cluster in your view has this name.')
    await user.clear(name)
    await user.type(name, 'chart')
    await user.click(next())
    expect(screen.getByRole('heading', { name: 'Can they be reached?' })).toHaveFocus()
  })

  it('goes to the page of a wrong name', async () => {
    const many = Array.from({ length: 28 }, (_, i) => candidate(i, `context-${i}`, i === 27 ? { name: 'harbour' } : {}))
    const { user } = await open(importOf(many))
    await user.click(screen.getByRole('button', { name: 'Select all 28' }))
    await user.click(next())
    await user.click(next())
    expect(screen.getByText('Page 2 of 2')).toBeInTheDocument()
    expect(screen.getByRole('textbox', { name: 'Name of context-27' })).toHaveFocus()
  })

  it('remembers what was typed when one goes back', async () => {
    const { user } = await open(importOf([pier, chart]))
    await user.click(box('Connect north-pier'))
    await user.click(next())
    await user.type(screen.getByRole('textbox', { name: 'Name of north-pier' }), '-2')
    await user.click(screen.getByRole('button', { name: 'Back' }))
    expect(box('Connect north-pier')).toBeChecked()
    await user.click(next())
    expect(screen.getByRole('textbox', { name: 'Name of north-pier' })).toHaveValue('north-pier-2')
  })

  it('saves a cluster that is down when asked to, and says what that means', async () => {
    const { user, backend, onClose } = await open(importOf([candidate(0, 'old-chart')]))
    await user.click(next())
    await user.click(next())
    expect(await screen.findByText(/refused the certificate/)).toBeInTheDocument()
    expect(screen.getByText(/Binnacle keeps trying to connect/)).toBeInTheDocument()
    await user.click(screen.getByRole('button', { name: 'Save anyway' }))
    await waitFor(() => expect(onClose).toHaveBeenCalled())
    expect(backend.called('addMembers')).toHaveLength(1)
  })

  it('tests one again', async () => {
    const { user, backend } = await open(importOf([pier]))
    await user.click(next())
    await user.click(next())
    await screen.findByRole('button', { name: 'Connect 1 cluster' })
    await user.click(screen.getByRole('button', { name: 'Test again: north-pier' }))
    expect(backend.called('testCandidates')).toEqual([
      ['t', [0]],
      ['t', [0]],
    ])
  })

  it('replaces the credentials of members and adds the rest; a second try repeats nothing', async () => {
    const again = candidate(1, 'harbour', { memberID: 'm1', memberName: 'harbour', nameTaken: true })
    const { user, backend, onClose } = await open(importOf([pier, again]))
    await user.click(box('Connect north-pier'))
    await user.click(box('Replace the credentials of harbour'))
    await user.click(next())
    expect(screen.queryByRole('textbox', { name: 'Name of harbour' })).not.toBeInTheDocument()
    await user.click(next())
    backend.fail('addMembers', { code: 'keychain', message: 'The keychain is locked.' })
    await user.click(await screen.findByRole('button', { name: 'Connect 1 cluster and replace the credentials of 1' }))
    expect(await screen.findByRole('alert')).toHaveTextContent('The keychain is locked.')
    await user.click(screen.getByRole('button', { name: 'Connect 1 cluster and replace the credentials of 1' }))
    await waitFor(() => expect(onClose).toHaveBeenCalled())
    expect(backend.called('replaceCredentials')).toEqual([['m1', 't', 1]])
    expect(backend.called('addMembers')).toHaveLength(2)
  })

  it('does not go on while two picks are for one member', async () => {
    const known = { memberID: 'm1', memberName: 'harbour' }
    const { user } = await open(importOf([candidate(0, 'a', known), candidate(1, 'b', known)]))
    for (const one of screen.getAllByRole('checkbox')) await user.click(one)
    expect(screen.getByText(/More than one pick is for harbour/)).toBeInTheDocument()
    expect(next()).toBeDisabled()
  })

  it('asks before it loses what was entered, and not before', async () => {
    const { user, backend, onClose } = await open(importOf([pier, chart]))
    await user.click(box('Connect north-pier'))
    await user.keyboard('{Escape}')
    expect(screen.getByRole('alert')).toHaveTextContent('Leave?')
    expect(screen.getByRole('button', { name: 'Stay' })).toHaveFocus()
    await user.keyboard('{Escape}')
    expect(onClose).not.toHaveBeenCalled()
    await user.click(box('Connect north-pier'))
    await user.keyboard('{Escape}')
    expect(onClose).toHaveBeenCalledOnce()
    await waitFor(() => expect(screen.getByRole('button', { name: 'Add' })).toHaveFocus())
    expect(backend.called('cancelImport')).toEqual([['t']])
  })

  it('offers the sources again when the import has ended', async () => {
    const { user } = await start('gone')
    expect(await screen.findByRole('alert')).toHaveTextContent('That import has ended.')
    await user.click(screen.getByRole('button', { name: /^Choose files/ }))
    expect(await screen.findByRole('grid')).toBeInTheDocument()
  })

  it('has no accessibility violations in any step', async () => {
    const { user } = await open(importOf([pier, chart, candidate(2, 'bad', { problem: 'no user' })]))
    await expectNoViolations()
    await user.click(screen.getByRole('button', { name: 'Select all 2' }))
    await user.click(next())
    await expectNoViolations()
    await user.click(next())
    await screen.findByRole('button', { name: /Connect/ })
    await expectNoViolations()
    await user.click(screen.getByRole('button', { name: '1. Source' }))
    await user.click(screen.getByRole('button', { name: /^Paste/ }))
    await expectNoViolations()
  })
})
