import { EditorView } from '@codemirror/view'
import { act, screen, waitFor, within } from '@testing-library/react'
import { useState } from 'react'
import { describe, expect, it, vi } from 'vitest'
import { FakeBackend } from '../../test/fakeBackend'
import { fleetOf, member } from '../../test/fleetFixtures'
import '../../test/layout'
import { HUGE, NODE, WEB } from '../../test/objectFixtures'
import { expectNoViolations, renderPage } from '../../test/render'
import type { Guard, ObjectRef } from '../../wails/model'
import { ObjectDrawer } from './ObjectDrawer'

function Page({ first, onClose }: { first: ObjectRef; onClose: () => void }) {
  const [asked, setAsked] = useState(first)
  return (
    <>
      <button type="button" onClick={() => setAsked(NODE)}>
        Row node-1
      </button>
      <ObjectDrawer objectRef={asked} onClose={onClose} onExplore={vi.fn()} onOpen={setAsked} onLogs={vi.fn()} />
    </>
  )
}

const box = (name = 'YAML of web') => screen.getByLabelText(name)

/** The editor behind its box: jsdom has no layout to type into a contenteditable by. */
function editor(): EditorView {
  const view = EditorView.findFromDOM(box())
  if (!view) throw new Error('no editor')
  return view
}

function replace(from: string, to: string) {
  const view = editor()
  const at = view.state.doc.toString().indexOf(from)
  act(() => view.dispatch({ changes: { from: at, to: at + from.length, insert: to } }))
}

async function yaml(options: { ref?: ObjectRef; guard?: Guard; edit?: boolean } = {}) {
  const { ref = WEB, guard = '', edit = true } = options
  const backend = new FakeBackend({ fleet: fleetOf([member('m1', 'harbour', { guard })]) })
  const onClose = vi.fn()
  const view = await renderPage(<Page first={ref} onClose={onClose} />, backend)
  const press = (name: string) => view.user.click(screen.getByRole('button', { name }))
  await view.user.click(screen.getByRole('tab', { name: 'YAML' }))
  await screen.findByLabelText(`YAML of ${ref.name}`)
  if (edit) await press('Edit')
  const review = async () => {
    await press('Review')
    await screen.findByRole('button', { name: 'Save to harbour' })
  }
  const save = async () => {
    await press('Save to harbour')
    await view.user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: /ave in harbour/ }))
  }
  return { ...view, onClose, press, review, save, kept: () => backend.objects.of(WEB).yaml }
}

describe('the YAML of an object', () => {
  it('is read, copied and searched, and can’t be typed into before one edits', async () => {
    const { user, press, kept } = await yaml({ edit: false })
    expect(box()).toHaveAttribute('contenteditable', 'false')
    await press('Copy YAML')
    expect(await navigator.clipboard.readText()).toBe(kept())
    await press('Find')
    await user.type(await screen.findByPlaceholderText('Find'), 'replicas{Escape}')
    expect(screen.queryByPlaceholderText('Find')).toBeNull()
    await expectNoViolations()
  })

  it('of 10,000 lines is there whole, with only what is in sight in the document', async () => {
    const { backend } = await yaml({ ref: HUGE, edit: false })
    const view = EditorView.findFromDOM(box('YAML of catalogue'))
    expect(view?.state.doc.toString()).toBe(backend.objects.of(HUGE).yaml)
    expect(view?.state.doc.lines).toBeGreaterThan(9_990)
    expect(view?.contentDOM.querySelectorAll('.cm-line').length).toBeLessThan(500)
  })
})

describe('editing', () => {
  it('reviews what the server would keep, with its warnings, and saves it to the member by name', async () => {
    const { backend, review, save, kept } = await yaml()
    expect(box()).toHaveAttribute('contenteditable', 'true')
    replace('replicas: 3', 'replicas: 5')
    await review()
    expect(screen.getByText(/harbour warns: .*the tag latest moves/)).toBeVisible()
    expect(screen.getByLabelText('Changes')).toHaveTextContent(/replicas: 3.*replicas: 5/)
    await expectNoViolations()
    await save()
    await waitFor(() => expect(kept()).toContain('replicas: 5'))
    expect(backend.called('objects.save')).toEqual([[expect.objectContaining({ confirm: 'harbour', version: '1001' })]])
    expect(await screen.findByText('Saved shop/web in harbour.')).toBeVisible()
    expect(editor().state.doc.toString()).toContain('replicas: 5')
    expect(screen.getByRole('button', { name: 'Edit' })).toBeEnabled()
  })

  it('compares side by side', async () => {
    const { user, review } = await yaml()
    replace('replicas: 3', 'replicas: 5')
    await review()
    await user.click(screen.getByRole('radio', { name: 'Side by side' }))
    expect(screen.getByLabelText('As it is now')).toHaveTextContent('replicas: 3')
    expect(screen.getByLabelText('As it would be')).toHaveTextContent('replicas: 5')
  })

  it('says when nothing would change', async () => {
    const { review } = await yaml()
    await review()
    expect(screen.getByRole('heading', { name: 'Nothing would change' })).toBeVisible()
    expect(screen.getByRole('button', { name: 'Save to harbour' })).toBeDisabled()
  })

  it('brings what the server objects to back to its line', async () => {
    const { press } = await yaml()
    replace('replicas: 3', 'replicas: many')
    await press('Review')
    const alert = await screen.findByRole('alert')
    expect(alert).toHaveTextContent('Line 10: spec.replicas: Invalid value: "many": must be an integer')
    await waitFor(() => expect(document.querySelector('.cm-lintRange-error')).toHaveTextContent('replicas: many'))
    replace('replicas: many', 'replicas: 4')
    await press('Review')
    expect(await screen.findByRole('button', { name: 'Save to harbour' })).toBeEnabled()
  })

  it('shows the guard’s way to unlock before it saves', async () => {
    const { user, review, press, kept } = await yaml({ guard: 'protected' })
    replace('replicas: 3', 'replicas: 5')
    await review()
    await press('Save to harbour')
    await user.type(await screen.findByRole('textbox', { name: /Type “harbour”/ }), 'harbour')
    await user.click(screen.getByRole('button', { name: 'Unlock, and save in harbour' }))
    await waitFor(() => expect(kept()).toContain('replicas: 5'))
  })
})

describe('somebody else', () => {
  const other = (backend: FakeBackend, from: string, to: string) =>
    act(() => backend.objects.touch(WEB, ({ yaml: text }) => ({ yaml: text.replace(from, to) })))

  it('who changed something else is taken in, and the person is told', async () => {
    const { backend, review, save, kept } = await yaml()
    replace('replicas: 3', 'replicas: 5')
    other(backend, 'team: storefront', 'team: checkout')
    await review()
    expect(screen.getByText('Somebody else changed it meanwhile')).toBeVisible()
    await save()
    await waitFor(() => expect(kept()).toMatch(/team: checkout[\s\S]*replicas: 5/))
  })

  it('who was faster at the last moment is taken in too, by another review', async () => {
    const { backend, review, save, kept } = await yaml()
    replace('replicas: 3', 'replicas: 5')
    await review()
    other(backend, 'team: storefront', 'team: checkout')
    await save()
    expect(await screen.findByText('Somebody else changed it meanwhile')).toBeVisible()
    expect(kept()).not.toContain('replicas: 5')
    await save()
    await waitFor(() => expect(kept()).toMatch(/team: checkout[\s\S]*replicas: 5/))
  })

  it.each([
    ['mine', 'replicas: 5'],
    ['theirs', 'replicas: 9'],
  ])('who changed the same is settled field by field: %s', async (whose, want) => {
    const { user, backend, press, save, kept } = await yaml()
    replace('replicas: 3', 'replicas: 5')
    replace('memory: 256Mi', 'memory: 512Mi')
    other(backend, 'replicas: 3', 'replicas: 9')
    await press('Review')
    const clash = within(await screen.findByRole('region', { name: 'spec.replicas' }))
    expect(screen.getByRole('button', { name: 'Review with these' })).toBeDisabled()
    expect(clash.getByText('5')).toBeVisible()
    expect(clash.getByText('9')).toBeVisible()
    await expectNoViolations()
    await user.click(clash.getByRole('radio', { name: `Take ${whose}` }))
    await press('Review with these')
    await screen.findByRole('button', { name: 'Save to harbour' })
    await save()
    await waitFor(() => expect(kept()).toMatch(/memory: 512Mi/))
    expect(kept()).toContain(want)
  })

  it('whose change clashes leaves the text as it was when one goes on editing', async () => {
    const { backend, press } = await yaml()
    replace('replicas: 3', 'replicas: 5')
    other(backend, 'replicas: 3', 'replicas: 9')
    await press('Review')
    await screen.findByRole('region', { name: 'spec.replicas' })
    await press('Go on editing')
    expect(editor().state.doc.toString()).toContain('replicas: 5')
  })
})

describe('what was typed', () => {
  it('is not lost by Escape', async () => {
    const { user, press, onClose } = await yaml()
    replace('replicas: 3', 'replicas: 5')
    await press('Close: web')
    expect(onClose).not.toHaveBeenCalled()
    await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Cancel' }))
    expect(editor().state.doc.toString()).toContain('replicas: 5')
    await press('Close: web')
    await user.click(await screen.findByRole('button', { name: 'Discard the changes' }))
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce())
  })

  it('is not lost by another tab', async () => {
    const { user } = await yaml()
    replace('replicas: 3', 'replicas: 5')
    await user.click(screen.getByRole('tab', { name: 'Overview' }))
    await user.click(screen.getByRole('tab', { name: 'YAML' }))
    expect(editor().state.doc.toString()).toContain('replicas: 5')
  })

  it('is not lost by opening another object', async () => {
    const { user, press } = await yaml()
    replace('replicas: 3', 'replicas: 5')
    await press('Row node-1')
    await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Cancel' }))
    expect(screen.getByRole('heading', { level: 2, name: 'web' })).toBeVisible()
    expect(editor().state.doc.toString()).toContain('replicas: 5')
    await press('Row node-1')
    await user.click(await screen.findByRole('button', { name: 'Discard the changes' }))
    expect(await screen.findByRole('heading', { level: 2, name: 'node-1' })).toBeVisible()
  })

  it('and taken back is no reason to ask', async () => {
    const { press, onClose } = await yaml()
    replace('replicas: 3', 'replicas: 5')
    replace('replicas: 5', 'replicas: 3')
    await press('Close: web')
    expect(onClose).toHaveBeenCalledOnce()
  })
})
