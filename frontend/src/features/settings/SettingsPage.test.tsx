import { screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { FakeBackend } from '../../test/fakeBackend'
import { expectNoViolations, renderPage } from '../../test/render'
import { session } from '../../test/sessionFixtures'
import type { Session } from '../../wails/model'
import { SettingsPage } from './SettingsPage'

const settings = (over: Partial<Session> = {}) =>
  renderPage(<SettingsPage />, new FakeBackend({ session: session(over) }))

describe('settings', () => {
  it('shows what is set, and breaks no accessibility rule', async () => {
    await settings()
    expect(screen.getByRole('radio', { name: 'As the desktop' })).toBeChecked()
    expect(screen.getByText('0.1.0')).toBeVisible()
    await expectNoViolations()
  })

  it('saves each change with the rest as it was', async () => {
    const { user, backend } = await settings()
    await user.click(screen.getByRole('radio', { name: 'Dark' }))
    await user.click(screen.getByRole('radio', { name: 'Compact' }))
    await user.selectOptions(screen.getByRole('combobox', { name: 'Log level' }), 'debug')
    expect(backend.called('saveSettings')).toEqual([
      [{ theme: 'dark', density: 'comfortable', logLevel: 'info' }],
      [{ theme: 'dark', density: 'compact', logLevel: 'info' }],
      [{ theme: 'dark', density: 'compact', logLevel: 'debug' }],
    ])
  })

  it('opens the folders and copies the diagnostics', async () => {
    const { user, backend } = await settings()
    await user.click(screen.getByRole('button', { name: 'Open log folder' }))
    await user.click(screen.getByRole('button', { name: 'Open data folder' }))
    expect(backend.called('openFolder')).toEqual([['logs'], ['data']])
    await user.click(screen.getByRole('button', { name: 'Copy diagnostics' }))
    expect(await screen.findByText('Copied the diagnostics')).toBeVisible()
  })

  it('says why a change was not saved', async () => {
    const { user, backend } = await settings()
    backend.fail('saveSettings', { message: 'The disk is full.' })
    await user.click(screen.getByRole('radio', { name: 'Dark' }))
    expect(await screen.findByText('The disk is full.')).toBeVisible()
  })

  it('mends the keychain', async () => {
    const { user, backend } = await settings({ keychain: { state: 'missing', hint: 'Install one.' } })
    expect(screen.getByText('Install one.')).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Check again' }))
    expect(backend.called('retryKeychain')).toHaveLength(1)
    expect(await screen.findByText(/^The keychain answers\. All/)).toBeVisible()
  })
})
