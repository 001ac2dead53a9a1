import { render, screen } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
import { Mishap } from './Mishap'

function Broken(): never {
  throw new Error('a list that is null')
}

it('says what happened instead of a blank window', () => {
  const said = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  render(
    <Mishap>
      <Broken />
    </Mishap>,
  )
  expect(screen.getByRole('heading', { name: /This screen could not be shown/ })).toBeVisible()
  expect(screen.getByRole('button', { name: 'Show it again' })).toBeEnabled()
  said.mockRestore()
})
