import { act, render, screen, waitFor } from '@testing-library/react'
import { expect, it } from 'vitest'
import { FakeBackend } from '../test/fakeBackend'
import { BackendProvider, useImport, useSessionState } from './context'
import { onOpenImport } from './stores/imports'

function Phase() {
  const { state } = useSessionState()
  return <p>{state.status === 'ready' ? state.value.phase : state.status}</p>
}

function Ticket({ ticket }: { ticket: string }) {
  const { state } = useImport(ticket)
  return <p>{state.status === 'ready' ? `testing ${state.value.testing}` : state.status}</p>
}

it('shows what Go says, and again after each ring', async () => {
  const backend = new FakeBackend()
  render(
    <BackendProvider backend={backend}>
      <Phase />
    </BackendProvider>,
  )
  expect(screen.getByText('loading')).toBeVisible()
  expect(await screen.findByText('ready')).toBeVisible()
  act(() => backend.changeSession({ phase: 'welcome' }))
  expect(await screen.findByText('welcome')).toBeVisible()
})

it('says when the page has been painted', async () => {
  const backend = new FakeBackend()
  render(<BackendProvider backend={backend}>words</BackendProvider>)
  expect(backend.called('painted')).toEqual([])
  await waitFor(() => expect(backend.called('painted')).toHaveLength(1))
})

it('follows one import and not the others', async () => {
  const backend = new FakeBackend()
  const mine = await backend.pickFiles()
  const other = await backend.pickFiles()
  render(
    <BackendProvider backend={backend}>
      <Ticket ticket={mine} />
    </BackendProvider>,
  )
  expect(await screen.findByText('testing false')).toBeVisible()
  const pulls = backend.called('import').length
  act(() => backend.changeImport(other, { testing: true }))
  expect(backend.called('import')).toHaveLength(pulls)
  act(() => backend.changeImport(mine, { testing: true }))
  expect(await screen.findByText('testing true')).toBeVisible()
})

it('says which import came from outside', async () => {
  const backend = new FakeBackend()
  const opened: string[] = []
  onOpenImport(backend, (ticket) => opened.push(ticket))
  await backend.pickFiles()
  const dropped = backend.open()
  backend.changeImport(dropped, { testing: true })
  expect(opened).toEqual([dropped])
})
