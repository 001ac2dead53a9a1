import { act, screen, waitFor } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { FakeBackend } from '../../test/fakeBackend'
import { fleetOf, member } from '../../test/fleetFixtures'
import { authority, lookup, way } from '../../test/lookupFixtures'
import { expectNoViolations, renderPage } from '../../test/render'
import { signedIn } from '../../test/signInFixtures'
import type { Lookup } from '../../wails/model'
import { AddClusters } from './AddClusters'

async function look(address: string, change: Partial<Lookup> | null = null) {
  const backend = new FakeBackend({ fleet: fleetOf([member('m1', 'lighthouse')]) })
  const onClose = vi.fn()
  const page = await renderPage(<AddClusters onClose={onClose} />, backend)
  await page.user.type(screen.getByRole('textbox', { name: /^Address of/ }), `${address}{Enter}`)
  await screen.findByRole('region', { name: `Look-up of ${address}` })
  if (change) act(() => backend.lookups.change('lookup-1', lookup('lookup-1', { address, ...change })))
  return { ...page, backend, onClose }
}

const goOn = () => screen.getByRole('button', { name: 'Go on with this way' })
const next = () => screen.getByRole('button', { name: 'Next' })
const trust = () => screen.getByRole('checkbox', { name: /^Trust this certificate/ })

describe('adding by an address', () => {
  it('goes from the address by a sign-in to a connected cluster', async () => {
    const { user, backend, onClose } = await look('harbour.example.net')
    expect(await screen.findByText(/address of a T4K console/)).toBeInTheDocument()
    expect(screen.getByText(authority.fingerprint)).toBeInTheDocument()
    expect(goOn()).toBeDisabled()
    await expectNoViolations()
    await user.click(trust())
    await user.click(screen.getByRole('radio', { name: 'Company LDAP' }))
    await user.click(goOn())
    const [ticket, request] = backend.called('useWay')[0] ?? []
    expect(ticket).toBe('lookup-1')
    expect(request).toMatchObject({
      way: 'w1',
      trust: authority.fingerprint,
      clientID: 'binnacle',
      connector: 'ldap',
      device: false,
    })

    expect(await screen.findByRole('heading', { name: 'Sign in' })).toHaveFocus()
    expect(backend.called('startSignIn')).toEqual([])
    await user.click(screen.getByRole('button', { name: 'Sign in to harbour' }))
    expect(backend.called('startSignIn')).toEqual([[{ memberID: '', ticket: 'ticket-1', index: 0 }, { device: false }]])
    expect(await screen.findByRole('button', { name: /^Copy the link to sign in/ })).toBeVisible()
    await expectNoViolations()
    act(() => backend.changeSignIn('s9', signedIn()))
    await user.click(await screen.findByRole('button', { name: 'Next' }))
    await user.click(next())
    await user.click(await screen.findByRole('button', { name: 'Connect 1 cluster' }))
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce())
    expect(backend.called('addMembers')).toHaveLength(1)
  })

  it('can go on without the sign-in, and comes back to what was typed', async () => {
    const { user } = await look('trusted')
    const client = await screen.findByRole('textbox', { name: /^Client ID/ })
    await user.clear(client)
    await user.type(client, 'mine')
    await user.click(goOn())
    await user.click(await screen.findByRole('button', { name: 'Go on without' }))
    expect(screen.getByRole('textbox', { name: 'Name of harbour' })).toBeInTheDocument()
    await user.click(screen.getByRole('button', { name: '1. Source' }))
    expect(await screen.findByRole('textbox', { name: /^Client ID/ })).toHaveValue('mine')
  })

  it('says it in other words when only the very certificate would be trusted', async () => {
    await look('pinned')
    expect(await screen.findByText(/Nobody vouches for this server/)).toBeInTheDocument()
    expect(screen.getByRole('checkbox', { name: /very certificate/ })).not.toBeChecked()
  })

  it('does not take one certificate’s trust for another one’s', async () => {
    const { user, backend } = await look('harbour.example.net')
    await user.click(await screen.findByRole('checkbox', { name: /^Trust/ }))
    expect(goOn()).toBeEnabled()
    act(() => backend.lookups.change('lookup-1', { certificate: { ...authority, fingerprint: 'beef' } }))
    await waitFor(() => expect(trust()).not.toBeChecked())
    expect(goOn()).toBeDisabled()
  })

  it('flags plain http', async () => {
    await look('plain')
    expect(await screen.findByText(/^Warning alert:/)).toBeInTheDocument()
    expect(screen.getByText(/Plain http: nothing on the way is protected/)).toBeInTheDocument()
  })

  it('says what was tried when nothing answers, and looks again', async () => {
    const { user, backend } = await look('nowhere.example.net')
    expect(await screen.findByRole('alert')).toHaveTextContent('Check the spelling, the VPN and the network.')
    expect(screen.getByText('No such host.')).toBeInTheDocument()
    await expectNoViolations()
    await user.click(screen.getByRole('button', { name: 'Look again' }))
    await waitFor(() => expect(backend.called('lookUp')).toHaveLength(2))
    expect(backend.called('cancelLookup')).toEqual([['lookup-1']])
    await user.click(await screen.findByRole('button', { name: 'Another address or a kubeconfig' }))
    expect(screen.getByRole('textbox', { name: /^Address of/ })).toHaveValue('')
  })

  it('shows the steps while it looks, and stops', async () => {
    const running = { id: 'tls', title: 'Check its certificate', state: 'running', detail: '', ms: 0 }
    const { user, backend } = await look('slow', { state: 'looking', steps: [running] })
    const stop = await screen.findByRole('button', { name: 'Stop looking' })
    expect(screen.getByText('Check its certificate')).toBeInTheDocument()
    await user.click(stop)
    expect(backend.called('cancelLookup')).toEqual([['lookup-1']])
    expect(screen.getByRole('textbox', { name: /^Address of/ })).toBeInTheDocument()
  })

  it('says why an address is refused', async () => {
    const backend = new FakeBackend()
    backend.fail('lookUp', { code: 'invalid', message: 'That is no address.', hint: 'Type host:port.' })
    const { user } = await renderPage(<AddClusters onClose={vi.fn()} />, backend)
    await user.type(screen.getByRole('textbox', { name: /^Address of/ }), '::{Enter}')
    expect(await screen.findByRole('alert')).toHaveTextContent('That is no address.')
  })

  it('keeps a token out of the page, sends it once, and asks before it is lost', async () => {
    const { user, backend, onClose, baseElement } = await look('trusted')
    await user.click(await screen.findByRole('radio', { name: 'A bearer token that you have' }))
    await user.click(goOn())
    expect(backend.called('useWay')).toEqual([])
    const field = screen.getByLabelText(/^Bearer token/)
    expect(field).toHaveFocus()
    await user.type(field, 's3cret')
    expect(baseElement.innerHTML).not.toContain('s3cret')
    await user.keyboard('{Escape}')
    expect(screen.getByRole('alert')).toHaveTextContent('Leave?')
    await user.click(screen.getByRole('button', { name: 'Stay' }))
    expect(onClose).not.toHaveBeenCalled()
    await user.click(goOn())
    expect(backend.called('useWay')[0]?.[1]).toMatchObject({ way: 'w8', token: 's3cret', clientSecret: '' })
    expect(await screen.findByRole('textbox', { name: 'Name of harbour' })).toBeInTheDocument()
  })

  it('offers a way that can’t be used as one that can’t, with the reason', async () => {
    await look('trusted')
    const radio = await screen.findByRole('radio', { name: 'OIDC at old.example.net' })
    expect(radio).toBeDisabled()
    expect(screen.getByText('old.example.net does not answer.')).toBeInTheDocument()
  })

  it('takes a typed connector where Dex shows none, and a code on another device', async () => {
    const { user, backend } = await look('trusted', {
      certificate: null,
      ways: [way('w1', { title: 'Dex', dex: true, device: true })],
    })
    await user.type(await screen.findByRole('textbox', { name: 'Dex connector' }), 'corp')
    await user.click(screen.getByRole('radio', { name: 'By a code on another device' }))
    await user.click(goOn())
    expect(backend.called('useWay')[0]?.[1]).toMatchObject({ connector: 'corp', device: true })
  })

  it('joins the ways of a typed issuer, and asks for the client that it needs', async () => {
    const { user, backend } = await look('trusted')
    await user.click(await screen.findByText('Another identity provider'))
    await user.click(screen.getByRole('button', { name: 'Find its ways' }))
    expect(screen.getByRole('textbox', { name: /^Issuer/ })).toBeInvalid()
    await user.type(screen.getByRole('textbox', { name: /^Issuer/ }), 'https://id.example.com')
    await user.click(screen.getByRole('button', { name: 'Find its ways' }))
    expect(backend.called('lookUpIssuer')).toEqual([
      ['lookup-1', { issuer: 'https://id.example.com', ca: '', trust: '', clientID: '' }],
    ])
    await user.click(await screen.findByRole('radio', { name: 'OIDC at id.example.com' }))
    await user.click(goOn())
    expect(backend.called('useWay')).toEqual([])
    expect(screen.getByRole('textbox', { name: /^Client ID/ })).toBeInvalid()
  })

  it('trusts an issuer’s certificate apart from the server’s, and asks it again', async () => {
    const provider = { ...authority, fingerprint: 'beef', subject: 'CN=dex-ca' }
    const { user, backend } = await look('trusted', {
      certificate: null,
      ways: [way('w1', { title: 'Dex', dex: true, certificate: provider, problem: 'Its certificate is not trusted.' })],
    })
    await user.click(await screen.findByRole('radio', { name: 'Dex' }))
    expect(goOn()).toBeDisabled()
    await user.click(trust())
    expect(backend.called('lookUpIssuer')).toEqual([
      ['lookup-1', { issuer: 'https://dex.example.net', ca: '', trust: 'beef', clientID: 'binnacle' }],
    ])
    expect(await screen.findByRole('radio', { name: 'Company LDAP' })).toBeInTheDocument()
    await user.click(goOn())
    expect(backend.called('useWay')[0]?.[1]).toMatchObject({ trust: '', trustIssuer: 'beef' })
  })

  it('expects another name in the certificate only when the person chose it', async () => {
    const { user, backend } = await look('harbour', { certificate: { ...authority, names: ['api.internal'] } })
    await user.click(await screen.findByRole('checkbox', { name: /^Trust/ }))
    expect(goOn()).toBeDisabled()
    await user.click(screen.getByRole('radio', { name: 'api.internal' }))
    await user.click(goOn())
    expect(backend.called('useWay')[0]?.[1]).toMatchObject({ tlsName: 'api.internal' })
  })

  it('offers other addresses as guesses', async () => {
    const { user, backend } = await look('nowhere.example.net')
    await user.click(await screen.findByRole('button', { name: 'Look up https://api.nowhere.example.net:6443' }))
    expect(backend.called('lookUp').at(-1)).toEqual(['https://api.nowhere.example.net:6443'])
  })

  it('leads to a kubeconfig when that is what the person has', async () => {
    const { user } = await look('trusted')
    await user.click(await screen.findByRole('radio', { name: 'A kubeconfig that you have' }))
    await user.click(screen.getByRole('button', { name: 'Import a kubeconfig' }))
    expect(screen.getByRole('button', { name: /^Choose files/ })).toBeInTheDocument()
  })

  it('shows what a server says as text', async () => {
    const { baseElement } = await look('trusted', {
      certificate: { ...authority, subject: 'CN=<img src=x>\u202Egnp' },
      ways: [way('w1', { title: '<b>Dex</b>' })],
    })
    expect(await screen.findByRole('radio', { name: '<b>Dex</b>' })).toBeInTheDocument()
    expect(screen.getByText('CN=<img src=x>⟨202E⟩gnp')).toBeInTheDocument()
    expect(baseElement.querySelector('img')).toBeNull()
  })
})
