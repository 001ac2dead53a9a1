import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { FakeBackend } from '../../test/fakeBackend'
import { expectNoViolations, renderPage } from '../../test/render'
import { session } from '../../test/sessionFixtures'
import type { Seal } from '../../wails/model'
import { SealSettings } from './SealSettings'

const GOOD = 'giraffe lantern mustard pebble'

async function show(seal: Partial<Seal> = {}) {
  const base = session()
  const backend = new FakeBackend({ session: { ...base, seal: { ...base.seal, ...seal } } })
  return renderPage(<SealSettings />, backend)
}

const dialog = () => within(screen.getByRole('dialog'))
const field = (label: string) => dialog().getByLabelText(label, { exact: false, selector: `input` })

vi.setConfig({ testTimeout: 30_000 })

describe('SealSettings', () => {
  it('says how the view is kept', async () => {
    await show({ mode: 'open', carries: false })
    expect(screen.getByText('Open list')).toBeInTheDocument()
    expect(screen.getByText('Not carried')).toBeInTheDocument()
    expect(screen.queryByRole('button', { name: 'Change passphrase…' })).not.toBeInTheDocument()
    await expectNoViolations()
  })

  it('changes the passphrase', async () => {
    const { user, backend } = await show()
    await user.click(screen.getByRole('button', { name: 'Change passphrase…' }))
    expect(field('Passphrase in use now')).toHaveFocus()
    await user.type(field('Passphrase in use now'), 'old one')
    await user.type(dialog().getByLabelText(/^New passphrase again/), GOOD)
    await user.type(dialog().getByLabelText(/^New passphrase(?! again)/), GOOD)
    await user.click(dialog().getByRole('button', { name: 'Change passphrase' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument())
    expect(backend.called('seal')).toEqual([
      [{ action: 'passphrase', mode: 'sealed', passphrase: GOOD, old: 'old one', carry: true }],
    ])
  })

  it('puts the focus on the first field that is wrong, and sends nothing', async () => {
    const { user, backend } = await show()
    await user.click(screen.getByRole('button', { name: 'Change passphrase…' }))
    const submit = dialog().getByRole('button', { name: 'Change passphrase' })
    await user.click(submit)
    expect(field('Passphrase in use now')).toHaveFocus()
    await user.type(field('Passphrase in use now'), 'x')
    const first = dialog().getByLabelText(/^New passphrase(?! again)/)
    await user.type(first, 'harbour')
    await user.click(submit)
    expect(first).toHaveFocus()
    expect(first).toHaveAccessibleDescription(/Too weak/)
    await user.clear(first)
    await user.type(first, GOOD)
    const again = dialog().getByLabelText(/^New passphrase again/)
    await user.type(again, 'else')
    await user.click(submit)
    expect(again).toHaveFocus()
    expect(again).toHaveAccessibleDescription(/don’t match/)
    expect(backend.called('seal')).toEqual([])
  })

  it('says that the old passphrase is wrong', async () => {
    const { user, backend } = await show()
    await user.click(screen.getByRole('button', { name: 'Change passphrase…' }))
    await user.type(field('Passphrase in use now'), 'wrong')
    await user.type(dialog().getByLabelText(/^New passphrase(?! again)/), GOOD)
    await user.type(dialog().getByLabelText(/^New passphrase again/), GOOD)
    backend.fail('seal', { code: 'passphrase', message: 'The passphrase is wrong.' })
    await user.click(dialog().getByRole('button', { name: 'Change passphrase' }))
    expect(await dialog().findByRole('alert')).toHaveTextContent('The passphrase is wrong.')
    expect(screen.getByRole('dialog').outerHTML).not.toContain(GOOD)
  })

  it('makes an open list with the credentials still sealed, without asking for a passphrase', async () => {
    const { user, backend } = await show()
    await user.click(screen.getByRole('button', { name: 'Make it an open list…' }))
    expect(dialog().getByText(/credentials that travel with it stay sealed/)).toBeInTheDocument()
    await user.click(dialog().getByRole('button', { name: 'Make it an open list' }))
    await waitFor(() => expect(screen.getByText('Open list')).toBeInTheDocument())
    expect(backend.called('seal')).toEqual([[{ action: 'mode', mode: 'open', passphrase: '', old: '', carry: true }]])
  })

  it.each([
    ['seals an open list', 'Seal the view…', 'Seal the view', 'mode', 'sealed', false],
    ['carries credentials', 'Carry credentials…', 'Carry credentials', 'carry', 'open', true],
  ])('%s with a first passphrase', async (_case, open, submit, action, mode, carry) => {
    const { user, backend } = await show({ mode: 'open', carries: false })
    await user.click(screen.getByRole('button', { name: open }))
    await expectNoViolations()
    await user.type(dialog().getByLabelText(/^New passphrase(?! again)/), GOOD)
    await user.type(dialog().getByLabelText(/^New passphrase again/), GOOD)
    await user.click(dialog().getByRole('button', { name: submit }))
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument())
    expect(backend.called('seal')).toEqual([[{ action, mode, passphrase: GOOD, old: '', carry }]])
  })

  it('stops carrying credentials in one action', async () => {
    const { user, backend } = await show()
    await user.click(screen.getByRole('button', { name: 'Stop carrying credentials…' }))
    await user.click(dialog().getByRole('button', { name: 'Remove them from the primary' }))
    await waitFor(() => expect(screen.getByText('Not carried')).toBeInTheDocument())
    expect(backend.called('seal')).toEqual([
      [{ action: 'carry', mode: 'sealed', passphrase: '', old: '', carry: false }],
    ])
  })

  it('unlocks a view whose key this machine has lost', async () => {
    const { user, backend } = await show({ locked: true })
    await user.type(screen.getByLabelText(/^Passphrase/), 'mine{Enter}')
    await waitFor(() => expect(backend.called('seal')).toHaveLength(1))
    expect(backend.called('seal')[0]).toMatchObject([{ action: 'unlock', passphrase: 'mine' }])
  })
})
