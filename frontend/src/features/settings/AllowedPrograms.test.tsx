import { screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { FakeBackend } from '../../test/fakeBackend'
import { expectNoViolations, renderPage } from '../../test/render'
import { AllowedPrograms } from './AllowedPrograms'

const NOT_AWS = 'Don’t allow any more: /usr/local/bin/aws for https://lighthouse.example.net:6443'

it('lists the programs that may run, each with its way back', async () => {
  const { user, backend } = await renderPage(<AllowedPrograms />)
  await screen.findByRole('list', { name: 'Allowed programs' })
  await expectNoViolations()
  await user.click(screen.getByRole('button', { name: NOT_AWS }))
  expect(backend.called('disallowProgram')).toEqual([['a1']])
  expect(await screen.findByText('/usr/bin/tsh')).toBeVisible()
  expect(screen.queryByText('/usr/local/bin/aws')).toBeNull()
  await user.click(screen.getByRole('button', { name: /^Don’t allow any more: \/usr\/bin\/tsh/ }))
  expect(await screen.findByText(/^None\./)).toBeVisible()
})

it('says why a program is still allowed, and reads the list again', async () => {
  const { user, backend } = await renderPage(<AllowedPrograms />)
  backend.fail('disallowProgram', { message: 'The disk is full.' })
  await user.click(await screen.findByRole('button', { name: NOT_AWS }))
  expect(await screen.findByRole('alert')).toHaveTextContent('The disk is full.')
  await user.click(screen.getByRole('button', { name: 'Try again' }))
  expect(await screen.findByRole('button', { name: NOT_AWS })).toBeVisible()
})

it('shows one that was allowed meanwhile', async () => {
  const backend = new FakeBackend()
  backend.programs.allowed = []
  await renderPage(<AllowedPrograms />, backend)
  await screen.findByText(/^None\./)
  backend.programs.allowed = [{ id: 'a9', path: '/opt/doctl', hash: 'ab', server: '', allowedAt: Date.now() }]
  backend.programs.change({ memberID: 'm1', ticket: '', index: 0 }, { allowed: true })
  expect(await screen.findByText('/opt/doctl')).toBeVisible()
})
