import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { FakeBackend } from '../test/fakeBackend'
import { fleetOf, member } from '../test/fleetFixtures'
import { expectNoViolations, renderApp } from '../test/render'
import { App } from './App'

const twoMembers = () =>
  new FakeBackend({ fleet: fleetOf([member('m1', 'harbour', { primary: true }), member('m2', 'quay')]) })

test('every page of the rail opens under its own name', async () => {
  const { user } = await renderApp(<App />, twoMembers())
  for (const name of ['Overview', 'Explore', 'Applications', 'Settings', 'Clusters']) {
    await user.click(screen.getByRole('button', { name }))
    await waitFor(() => expect(document.title).toBe(`${name} – Binnacle`))
    expect(screen.getByRole('button', { name })).toHaveAttribute('aria-current', 'page')
  }
})

test('the palette opens by its keys, leads to a cluster, and closes', async () => {
  const { user } = await renderApp(<App />, twoMembers())
  await user.click(screen.getByRole('button', { name: 'Settings' }))
  await user.keyboard('{Control>}k{/Control}')
  const input = await screen.findByRole('combobox', { name: /^Find clusters/ })
  await expectNoViolations()
  await user.type(input, '@quay')
  await user.click(await screen.findByRole('option', { name: /quay/ }))
  expect(await screen.findByRole('complementary', { name: /Details/ })).toHaveTextContent('quay')
  expect(screen.queryByRole('combobox', { name: /^Find clusters/ })).toBeNull()
})

test('the palette does what the shell can do', async () => {
  const { user, backend } = await renderApp(<App />, twoMembers())
  await user.click(screen.getByRole('button', { name: /^Search or do/ }))
  await user.type(await screen.findByRole('combobox', { name: /^Find clusters/ }), '>dark theme{Enter}')
  await waitFor(() => expect(backend.called('saveSettings')).toHaveLength(1))
  expect(backend.now.session.settings.theme).toBe('dark')
})

test('a cluster is guarded, and a looser guard wants its name', async () => {
  const { user, backend } = await renderApp(<App />, twoMembers())
  const guard = async () => {
    await user.click(screen.getByRole('button', { name: 'Actions for quay' }))
    await user.click(await screen.findByRole('menuitem', { name: /^Guard against changes/ }))
    return screen.findByRole('dialog', { name: /What may be changed in quay/ })
  }
  await user.click(within(await guard()).getByRole('radio', { name: /^Read-only/ }))
  await user.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(backend.called('guards.setGuard')).toHaveLength(1))
  expect(await screen.findByText('Read-only')).toBeVisible()

  await user.click(within(await guard()).getByRole('radio', { name: /^Protected/ }))
  expect(screen.getByRole('button', { name: 'Save' })).toBeDisabled()
  await user.type(screen.getByRole('textbox', { name: /Type/ }), 'quay')
  await user.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(backend.called('guards.setGuard')).toHaveLength(2))
  expect(await screen.findByText('Protected')).toBeVisible()

  await user.click(screen.getByRole('button', { name: 'Actions for quay' }))
  await user.click(await screen.findByRole('menuitem', { name: /^Unlock for changes/ }))
  await user.type(await screen.findByRole('textbox', { name: /Type/ }), 'quay')
  await user.click(screen.getByRole('button', { name: 'Unlock quay' }))
  expect(await screen.findByText('Unlocked')).toBeVisible()
})
