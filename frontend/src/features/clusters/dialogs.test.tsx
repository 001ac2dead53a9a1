import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { FakeBackend } from '../../test/fakeBackend'
import { fleetOf, narrowLayout, someMembers } from '../../test/fleetFixtures'
import { expectNoViolations, renderPage } from '../../test/render'
import { ClustersPage } from './ClustersPage'

async function page(...more: string[]) {
  const members = someMembers('harbour', 'lighthouse', ...more)
  const backend = new FakeBackend({ fleet: fleetOf(members, narrowLayout) })
  const onGiveCredentials = vi.fn()
  const onSignIn = vi.fn()
  const onProgram = vi.fn()
  const view = await renderPage(
    <ClustersPage onAdd={vi.fn()} onGiveCredentials={onGiveCredentials} onSignIn={onSignIn} onProgram={onProgram} />,
    backend,
  )
  await screen.findByRole('row', { name: 'harbour' })
  const choose = async (name: string, action: string | RegExp) => {
    await view.user.click(screen.getByRole('button', { name: `Actions for ${name}` }))
    await view.user.click(screen.getByRole('menuitem', { name: action }))
  }
  const details = async (name: string) => {
    await view.user.click(screen.getByRole('row', { name }))
    return screen.findByRole('complementary', { name: `Details of ${name}` })
  }
  return { ...view, choose, details, onGiveCredentials, onSignIn, onProgram }
}

describe('editing', () => {
  it('sends what was changed and closes', async () => {
    const { user, backend, choose } = await page('quay-7')
    await choose('quay-7', /Edit/)
    await screen.findByRole('dialog')
    await expectNoViolations(screen.getByRole('dialog'))
    const name = screen.getByRole('textbox', { name: 'Name' })
    await user.type(name, '{Backspace}8')
    await user.click(screen.getByRole('radio', { name: 'green' }))
    await user.type(screen.getByRole('textbox', { name: 'Labels' }), 'tier=gold{Enter}')
    await user.click(screen.getByRole('button', { name: 'Remove the label owner' }))
    await user.selectOptions(screen.getByRole('combobox', { name: 'Distribution' }), 'Detect it')
    await user.click(screen.getByRole('button', { name: 'Save' }))
    expect(backend.called('editMember')).toEqual([
      [
        {
          id: 'm10',
          name: 'quay-8',
          color: 'green',
          group: null,
          labels: { env: 'test', tier: 'gold' },
          distribution: '',
        },
      ],
    ])
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(await screen.findByRole('row', { name: 'quay-8' })).toBeVisible()
  })

  it('refuses an empty name at the field', async () => {
    const { user, backend, choose } = await page('quay-7')
    await choose('quay-7', /Edit/)
    await screen.findByRole('dialog')
    await user.clear(screen.getByRole('textbox', { name: 'Name' }))
    expect(screen.getByRole('textbox', { name: 'Name' })).toBeInvalid()
    expect(screen.getByText('Give it a name.')).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Save' }))
    expect(backend.called('editMember')).toEqual([])
  })

  it('keeps the dialog and says why when Go refuses', async () => {
    const { user, backend, choose } = await page('quay-7')
    backend.fail('editMember', { code: 'conflict', message: 'The view changed meanwhile.' })
    await choose('quay-7', /Edit/)
    await screen.findByRole('dialog')
    await user.type(screen.getByRole('textbox', { name: 'Name' }), '!')
    await user.click(screen.getByRole('button', { name: 'Save' }))
    expect(await screen.findByRole('alert')).toHaveTextContent('The view changed meanwhile.')
  })
})

describe('what needs a yes', () => {
  it('copies secrets only after it', async () => {
    const { user, backend, choose } = await page()
    await choose('harbour', /with secrets/)
    expect(backend.called('copyKubeconfig')).toEqual([])
    await user.click(screen.getByRole('button', { name: 'Copy with secrets' }))
    expect(backend.called('copyKubeconfig')).toEqual([['m1', 'secrets']])
    expect(await screen.findByText(/Copied the kubeconfig of harbour, with its secrets/)).toBeVisible()
  })

  it('makes another primary', async () => {
    const { user, backend, choose } = await page()
    await choose('lighthouse', /Make primary/)
    await user.click(screen.getByRole('button', { name: 'Log in to lighthouse' }))
    expect(backend.called('makePrimary')).toEqual([['m2']])
  })

  it('copies the view to a member', async () => {
    const { user, backend, choose } = await page()
    await choose('lighthouse', /Copy this view/)
    await user.click(screen.getByRole('button', { name: 'Copy the view' }))
    expect(backend.called('copyViewTo')).toEqual([['m2']])
  })

  it('wants the number typed before it removes many', async () => {
    const { user, backend } = await page('breakwater', 'drydock', 'slipway', 'mooring')
    await user.click(screen.getByRole('checkbox', { name: 'Select all shown clusters' }))
    await user.click(
      within(screen.getByRole('region', { name: 'Selected clusters' })).getByRole('button', { name: 'Remove…' }),
    )
    const remove = screen.getByRole('button', { name: 'Remove 6 clusters' })
    expect(remove).toBeDisabled()
    await user.type(screen.getByRole('textbox', { name: /Type “6”/ }), '6')
    await user.click(remove)
    expect(backend.called('removeMembers')[0]?.[0]).toHaveLength(6)
  })
})

describe('details', () => {
  it('gives the one action that helps', async () => {
    const { user, backend, details, onGiveCredentials } = await page('outer-buoy', 'drydock')
    await user.click(within(await details('outer-buoy')).getByRole('button', { name: 'Try now' }))
    expect(backend.called('retry')).toEqual([[['m7']]])
    await user.click(within(await details('drydock')).getByRole('button', { name: 'Give credentials' }))
    expect(onGiveCredentials).toHaveBeenCalledWith(expect.objectContaining({ id: 'm4' }))
    await expectNoViolations()
  })

  it('shows both servers and sends nothing before an answer', async () => {
    const { user, backend, details } = await page('mooring')
    const panel = within(await details('mooring'))
    const asked = within(panel.getByRole('region', { name: 'Another server is proposed' }))
    expect(asked.getByText('https://mooring.example.net:6443')).toBeVisible()
    expect(asked.getByText('https://mooring-new.example.net:6443')).toBeVisible()
    expect(panel.queryByRole('button', { name: 'Give credentials' })).toBeNull()
    await user.click(asked.getByRole('button', { name: 'Accept mooring-new.example.net' }))
    expect(backend.called('settleProposed')).toEqual([['m11', true]])
    await waitFor(() => expect(screen.queryByRole('region', { name: 'Another server is proposed' })).toBeNull())
  })

  it('shows diagnostics', async () => {
    const { user, details } = await page()
    await user.click(within(await details('harbour')).getByRole('button', { name: 'Show diagnostics' }))
    expect(await screen.findByRole('region', { name: 'Diagnostics' })).toHaveTextContent('authorization [redacted]')
  })
})
