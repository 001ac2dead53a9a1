import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { FakeBackend } from '../../test/fakeBackend'
import { fleetOf, member } from '../../test/fleetFixtures'
import { NODE, REPORT, SECRET, WEB } from '../../test/objectFixtures'
import { expectNoViolations, renderPage } from '../../test/render'
import type { Member, ObjectRef } from '../../wails/model'
import { ObjectDrawer } from './ObjectDrawer'

async function choose(action: string, { ref = WEB, over = {} }: { ref?: ObjectRef; over?: Partial<Member> } = {}) {
  const backend = new FakeBackend({ fleet: fleetOf([member('m1', 'harbour', over)]) })
  const nothing = vi.fn()
  const view = await renderPage(
    <ObjectDrawer objectRef={ref} onClose={nothing} onExplore={nothing} onOpen={nothing} onLogs={nothing} />,
    backend,
  )
  const { user } = view
  await screen.findAllByText(backend.objects.of(ref).object.status)
  const again = async (name: string) => {
    await user.click(screen.getByRole('button', { name: `Actions for ${ref.name}` }))
    await user.click(screen.getByRole('menuitem', { name }))
  }
  await again(action)
  const dialog = await screen.findByRole('dialog')
  return { ...view, dialog: within(dialog), again, changes: () => backend.called('objects.change').map(([c]) => c) }
}

const change = (ref: ObjectRef, action: string, over = {}) => ({
  ref,
  action,
  replicas: 0,
  orphan: false,
  confirm: 'harbour',
  ...over,
})

describe('an action', () => {
  it.each([
    [
      'Restart…',
      WEB,
      /All pods of Deployment shop\/web in harbour are replaced/,
      'Restart in harbour',
      'restart',
      'Restarting',
    ],
    [
      'Suspend…',
      REPORT,
      /CronJob shop\/report in harbour starts nothing new/,
      'Suspend in harbour',
      'suspend',
      'Suspended',
    ],
    [
      'Cordon…',
      NODE,
      /No new pods are placed on Node node-1 in harbour/,
      'Cordon in harbour',
      'cordon',
      'Ready, no new pods',
    ],
  ] as const)('%s says what will happen and where, and does it', async (title, ref, says, button, action, status) => {
    const { user, dialog, changes } = await choose(title, { ref })
    expect(dialog.getByText(says)).toBeVisible()
    await expectNoViolations()
    await user.click(dialog.getByRole('button', { name: button }))
    await waitFor(() => expect(changes()).toEqual([change(ref, action)]))
    expect(await screen.findByText(status)).toBeVisible()
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  it('is undone by its opposite', async () => {
    const { user, dialog, again, changes } = await choose('Cordon…', { ref: NODE })
    await user.click(dialog.getByRole('button', { name: 'Cordon in harbour' }))
    await screen.findByText('Ready, no new pods')
    await again('Uncordon…')
    await user.click(screen.getByRole('button', { name: 'Uncordon in harbour' }))
    await waitFor(() => expect(changes()).toEqual([change(NODE, 'cordon'), change(NODE, 'uncordon')]))
  })

  it('that the cluster refuses says why in the dialog, which stays as it was', async () => {
    const { user, dialog, backend } = await choose('Scale…')
    const field = dialog.getByRole('spinbutton', { name: 'Replicas' })
    await user.clear(field)
    await user.type(field, '7')
    backend.fail('objects.change', { code: 'denied', member: 'harbour', message: 'ana may not patch deployments.' })
    await user.click(dialog.getByRole('button', { name: 'Scale in harbour' }))
    expect(await dialog.findByRole('alert')).toHaveTextContent('harbour: ana may not patch deployments.')
    expect(field).toHaveValue(7)
    await user.click(dialog.getByRole('button', { name: 'Scale in harbour' }))
    expect(await screen.findByText('2 of 7 ready')).toBeVisible()
  })
})

describe('scaling', () => {
  it('begins with the present number, and wants another', async () => {
    const { user, dialog, changes } = await choose('Scale…')
    const field = dialog.getByRole('spinbutton', { name: 'Replicas' })
    const button = dialog.getByRole('button', { name: 'Scale in harbour' })
    expect(field).toHaveValue(3)
    expect(button).toBeDisabled()
    await user.clear(field)
    expect(dialog.getByText(/Give a whole number/)).toBeVisible()
    expect(button).toBeDisabled()
    await user.type(field, '5')
    await user.click(button)
    await waitFor(() => expect(changes()).toEqual([change(WEB, 'scale', { replicas: 5 })]))
  })

  it('warns of 0', async () => {
    const { user, dialog } = await choose('Scale…')
    await user.clear(dialog.getByRole('spinbutton', { name: 'Replicas' }))
    await user.type(dialog.getByRole('spinbutton', { name: 'Replicas' }), '0')
    expect(dialog.getByText('With 0 replicas nothing of it runs')).toBeVisible()
    expect(dialog.getByText('Deployment shop/web in harbour goes from 3 to 0 replicas.')).toBeVisible()
    await expectNoViolations()
  })
})

describe('deleting', () => {
  it('shows what goes with it, what holds it back and what the server warns of', async () => {
    const { user, dialog, changes } = await choose('Delete…')
    expect(await dialog.findByText(/: 15$/)).toHaveTextContent('Pods: 15')
    expect(dialog.getByRole('list', { name: 'Pods' })).toHaveTextContent(/web-7d9f6c5b8-x2x7q.*and 12 more/)
    expect(dialog.getByText('foregroundDeletion')).toBeVisible()
    expect(dialog.getByText(/Service web loses all its endpoints/)).toBeVisible()
    expect(dialog.getByRole('button', { name: 'Cancel' })).toHaveFocus()
    await expectNoViolations()
    await user.click(dialog.getByRole('button', { name: 'Delete in harbour' }))
    await waitFor(() => expect(changes()).toEqual([change(WEB, 'delete')]))
    expect(await screen.findByText('web does not exist any more.')).toBeVisible()
  })

  it('can leave what it owns', async () => {
    const { user, dialog, changes } = await choose('Delete…')
    await user.click(await dialog.findByRole('radio', { name: /Leave what it owns/ }))
    expect(dialog.getByRole('region', { name: 'Stays without an owner' })).toBeVisible()
    await user.click(dialog.getByRole('button', { name: 'Delete in harbour' }))
    await waitFor(() => expect(changes()).toEqual([change(WEB, 'delete', { orphan: true })]))
  })

  it('waits until it is known what goes, and goes on when that can’t be told', async () => {
    const { dialog } = await choose('Delete…', { ref: NODE })
    expect(await dialog.findByText('Nothing else is known to go with it.')).toBeVisible()
    expect(dialog.queryByRole('radio')).toBeNull()
  })

  it('of what may not be deleted is not offered, and says why', async () => {
    const backend = new FakeBackend()
    const nothing = vi.fn()
    const { user } = await renderPage(
      <ObjectDrawer objectRef={SECRET} onClose={nothing} onExplore={nothing} onOpen={nothing} onLogs={nothing} />,
      backend,
    )
    await screen.findByText('kubernetes.io/tls')
    await user.click(screen.getByRole('button', { name: 'Actions for web-tls' }))
    const item = screen.getByRole('menuitem', { name: 'Delete…' })
    expect(item).toHaveAccessibleDescription('ana may not delete secrets in shop.')
    await user.click(item)
    expect(screen.queryByRole('dialog')).toBeNull()
  })
})

describe('a guarded member', () => {
  it('that is protected is unlocked by its typed name, for a time, before anything is changed', async () => {
    const { user, dialog, backend, changes } = await choose('Restart…', { over: { guard: 'protected' } })
    const button = dialog.getByRole('button', { name: 'Unlock, and restart in harbour' })
    const field = dialog.getByRole('textbox', { name: 'Type “harbour” to unlock it' })
    expect(field).toHaveFocus()
    await user.type(field, 'harbou')
    expect(button).toBeDisabled()
    await user.type(field, 'r')
    await user.click(dialog.getByRole('radio', { name: '5 minutes' }))
    await expectNoViolations()
    await user.click(button)
    await waitFor(() => expect(changes()).toEqual([change(WEB, 'restart')]))
    expect(backend.called('guards.unlock')).toEqual([[{ member: 'm1', typed: 'harbour', minutes: 5 }]])
    expect(await screen.findByText(/Unlocked for [45] min/)).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Lock harbour now' }))
    expect(await screen.findByText('Protected')).toBeVisible()
  })

  it('that is unlocked already is not asked for again', async () => {
    const { dialog } = await choose('Restart…', { over: { guard: 'protected', unlockedUntil: Date.now() + 600_000 } })
    expect(dialog.getByRole('button', { name: 'Restart in harbour' })).toBeEnabled()
    expect(dialog.queryByRole('textbox')).toBeNull()
  })

  it('that is read-only says so and how to change that, and offers nothing', async () => {
    const { user, dialog, changes } = await choose('Restart…', { over: { guard: 'readOnly' } })
    expect(dialog.getByText(/is read-only in your view/)).toBeVisible()
    expect(dialog.getByText(/set another guard/)).toBeVisible()
    expect(dialog.queryByRole('button', { name: /Restart/ })).toBeNull()
    await expectNoViolations()
    await user.click(dialog.getAllByRole('button', { name: 'Close' }).at(-1) as HTMLElement)
    expect(changes()).toEqual([])
  })
})
