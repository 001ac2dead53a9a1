import { fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { SearchBox } from './SearchBox'

afterEach(() => vi.useRealTimers())

it('adds what was typed to the filter as it is when the fingers rest', () => {
  vi.useFakeTimers()
  const [before, after] = [vi.fn(), vi.fn()]
  const box = (onSearch: (text: string) => void) => (
    <SearchBox value="" label="Search Pods" box={{ current: null }} onSearch={onSearch} onEscape={vi.fn()} />
  )
  const { rerender } = render(box(before))
  fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'web' } })
  rerender(box(after)) // another filter was chosen
  vi.runAllTimers()
  expect(before).not.toHaveBeenCalled()
  expect(after).toHaveBeenCalledExactlyOnceWith('web')
})
