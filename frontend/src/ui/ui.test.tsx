import { act, fireEvent, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { renderPage } from '../test/render'
import { ActionMenu } from './ActionMenu'
import { Age } from './Age'
import { ConfirmDialog } from './ConfirmDialog'
import { Copyable } from './Copyable'
import { LabelEditor } from './LabelEditor'
import { MenuButton } from './MenuButton'
import { useHotkeys } from './useHotkeys'

function Editor({ onChange }: { onChange: (labels: Record<string, string>) => void }) {
  const [value, setValue] = useState<Record<string, string>>({ env: 'prod' })
  const change = (labels: Record<string, string>) => {
    setValue(labels)
    onChange(labels)
  }
  return (
    <>
      <label htmlFor="labels">Labels</label>
      <LabelEditor id="labels" value={value} onChange={change} />
    </>
  )
}

function Keys({ run, modal = false }: { run: () => void; modal?: boolean }) {
  useHotkeys({ n: run, 'mod+z': run })
  return (
    <>
      <input aria-label="Text" />
      {modal && <div role="dialog" aria-modal="true" aria-label="D" />}
    </>
  )
}

const off = () => undefined

afterEach(() => {
  vi.useRealTimers()
  delete window.runtime
})

describe('Age', () => {
  it('ticks, and has the exact time as its title when one points at it', () => {
    vi.useFakeTimers()
    render(<Age at={Date.now() - 50_000} />)
    fireEvent.pointerEnter(screen.getByText('50 s ago'))
    expect(screen.getByText('50 s ago')).toHaveAttribute('title')
    act(() => void vi.advanceTimersByTime(10_000))
    expect(screen.getByText('1 min ago')).toBeVisible()
  })

  it('stops the clock when nothing shows a time', () => {
    vi.useFakeTimers()
    render(<Age at={Date.now()} />).unmount()
    expect(vi.getTimerCount()).toBe(0)
  })

  it('says what is not known', () => {
    render(<Age at={0} none="never" />)
    expect(screen.getByText('never')).toBeVisible()
  })
})

describe('ActionMenu', () => {
  const items = (run = vi.fn()) => [
    { id: 'a', title: 'Alpha', run },
    { id: 'b', title: 'Beta', refused: 'Not now.', run },
    { id: 'c', title: 'Gamma', checked: false, run },
  ]

  it('goes around with the arrows and by first letter', async () => {
    const user = userEvent.setup()
    render(<ActionMenu label="M" at={{ x: 0, y: 0 }} items={items()} onClose={vi.fn()} />)
    expect(screen.getByRole('menuitem', { name: 'Alpha' })).toHaveFocus()
    await user.keyboard('{ArrowUp}')
    expect(screen.getByRole('menuitemcheckbox', { name: 'Gamma' })).toHaveFocus()
    await user.keyboard('{ArrowDown}{End}{Home}b')
    expect(screen.getByRole('menuitem', { name: 'Beta' })).toHaveFocus()
  })

  it('runs what is chosen and closes; a checkbox leaves it open; what is refused does neither', async () => {
    const user = userEvent.setup()
    const [run, close] = [vi.fn(), vi.fn()]
    render(<ActionMenu label="M" at={{ x: 0, y: 0 }} items={items(run)} onClose={close} />)
    await user.click(screen.getByRole('menuitem', { name: 'Beta' }))
    expect(run).not.toHaveBeenCalled()
    await user.click(screen.getByRole('menuitemcheckbox', { name: 'Gamma' }))
    expect([run.mock.calls.length, close.mock.calls.length]).toEqual([1, 0])
    await user.click(screen.getByRole('menuitem', { name: 'Alpha' }))
    expect([run.mock.calls.length, close.mock.calls.length]).toEqual([2, 1])
  })

  it('closes with Escape and gives the focus back; its button closes it too', async () => {
    const user = userEvent.setup()
    render(<MenuButton label="Open it" items={items} />)
    const button = screen.getByRole('button', { name: 'Open it' })
    await user.click(button)
    await user.keyboard('{Escape}')
    await waitFor(() => expect(button).toHaveFocus())
    await user.click(button)
    expect(screen.getByRole('menu')).toBeVisible()
    await user.click(button)
    expect(screen.queryByRole('menu')).toBeNull()
  })
})

describe('ConfirmDialog', () => {
  it('needs the words typed, keeps a failure and then closes', async () => {
    const onClose = vi.fn()
    const onConfirm = vi.fn<() => Promise<void>>()
    onConfirm.mockRejectedValueOnce({ code: 'busy', message: 'Wait a little.' })
    onConfirm.mockResolvedValueOnce()
    const { user } = await renderPage(
      <ConfirmDialog title="Sure?" confirm="Do it" danger typed="harbour" onConfirm={onConfirm} onClose={onClose}>
        <p>It matters.</p>
      </ConfirmDialog>,
    )
    const go = screen.getByRole('button', { name: 'Do it' })
    expect(go).toBeDisabled()
    await user.type(screen.getByRole('textbox', { name: /Type “harbour”/ }), 'harbour')
    await user.click(go)
    expect(await screen.findByRole('alert')).toHaveTextContent('Wait a little.')
    expect(onClose).not.toHaveBeenCalled()
    await user.click(screen.getByRole('button', { name: /Do it/ }))
    await waitFor(() => expect(onClose).toHaveBeenCalled())
  })
})

describe('Copyable', () => {
  it('copies the whole text through the window, and says so', async () => {
    const ClipboardSetText = vi.fn(async () => true)
    window.runtime = { EventsOn: vi.fn(() => off), ClipboardSetText }
    const { user } = await renderPage(<Copyable text="0123456789abcdef" short="0123…" what="fingerprint" />)
    await user.click(screen.getByRole('button', { name: 'Copy the fingerprint' }))
    expect(ClipboardSetText).toHaveBeenCalledWith('0123456789abcdef')
    expect(await screen.findByText('Copied the fingerprint')).toBeInTheDocument()
  })
})

describe('LabelEditor', () => {
  it('adds by Enter, comma and leaving, and removes', async () => {
    const onChange = vi.fn()
    const user = userEvent.setup()
    render(<Editor onChange={onChange} />)
    await user.type(screen.getByRole('textbox', { name: 'Labels' }), 'a=1{Enter}b,c = 3')
    await user.tab()
    expect(onChange).toHaveBeenLastCalledWith({ env: 'prod', a: '1', b: '', c: '3' })
    await user.click(screen.getByRole('button', { name: 'Remove the label env' }))
    expect(onChange).toHaveBeenLastCalledWith({ a: '1', b: '', c: '3' })
  })
})

describe('useHotkeys', () => {
  it.each([
    ['n', false, 1],
    ['{Control>}n{/Control}', false, 0],
    ['{Control>}z{/Control}', false, 1],
    ['{Meta>}z{/Meta}', false, 1],
    ['n', true, 0],
  ])('%s with a dialog %s runs %i times', async (keys, modal, times) => {
    const run = vi.fn()
    render(<Keys run={run} modal={modal} />)
    await userEvent.keyboard(keys)
    expect(run).toHaveBeenCalledTimes(times)
  })

  it('leaves keys to a text field', async () => {
    const run = vi.fn()
    render(<Keys run={run} />)
    await userEvent.click(screen.getByRole('textbox', { name: 'Text' }))
    await userEvent.keyboard('n{Control>}z{/Control}')
    expect(run).not.toHaveBeenCalled()
  })
})
