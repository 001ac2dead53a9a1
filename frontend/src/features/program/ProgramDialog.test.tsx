import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { FakeBackend } from '../../test/fakeBackend'
import { fleetOf, signedMembers } from '../../test/fleetFixtures'
import { missingProgram } from '../../test/programFixtures'
import { expectNoViolations, renderPage } from '../../test/render'
import type { Program } from '../../wails/model'
import { ProgramDialog } from './ProgramDialog'

const subject = (memberID: string) => ({ memberID, ticket: '', index: 0 })

async function dialog(id: 'm14' | 'm15', change: Partial<Program> = {}) {
  const backend = new FakeBackend({ fleet: fleetOf(signedMembers()) })
  backend.programs.change(subject(id), change)
  const member = signedMembers().find((m) => m.id === id)
  if (!member) throw new Error('no such member')
  const onClose = vi.fn()
  const page = await renderPage(<ProgramDialog member={member} onClose={onClose} />, backend)
  return { ...page, onClose }
}

const allow = () => screen.findByRole('button', { name: 'Allow this program' })

describe('allowing a program', () => {
  it('shows all that would run, and takes two presses', async () => {
    const { user, backend, onClose } = await dialog('m14')
    const button = await allow()
    expect(screen.getByText('/usr/local/bin/aws')).toBeVisible()
    expect(screen.getByText('/usr/local/aws-cli/v2/current/dist/aws')).toBeVisible()
    const args = within(screen.getByRole('list', { name: 'Arguments' })).getAllByRole('listitem')
    expect(args.map((a) => a.textContent)).toEqual([
      '--region',
      'eu-central-1',
      'eks',
      'get-token',
      '--cluster-name',
      'sextant production',
    ])
    expect(screen.getByRole('list', { name: 'Environment' })).toHaveTextContent('AWS_PROFILE')
    expect(screen.getByText(/can be written by everybody/)).toBeVisible()
    await expectNoViolations()
    expect(button).toBeDisabled()
    await user.click(screen.getByRole('checkbox', { name: /I know this program/ }))
    await user.click(button)
    expect(backend.called('allowProgram')).toEqual([[subject('m14'), 'p1']])
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce())
  })

  it('never begins with the button that allows', async () => {
    await dialog('m14')
    await allow()
    await waitFor(() => expect(screen.getAllByRole('button', { name: 'Close' }).at(-1)).toHaveFocus())
  })

  it('says what has changed, and forgets the tick when it changes again', async () => {
    const { user, backend } = await dialog('m14', { changed: ['The file is another one.'] })
    await allow()
    expect(screen.getByText('The file is another one.')).toBeVisible()
    await user.click(screen.getByRole('checkbox', { name: /I know this program/ }))
    backend.programs.change(subject('m14'), { id: 'p2', hash: 'beef' })
    await waitFor(() => expect(screen.getByText('beef')).toBeVisible())
    expect(screen.getByRole('checkbox', { name: /I know this program/ })).not.toBeChecked()
    expect(await allow()).toBeDisabled()
  })

  it('says why Go refused', async () => {
    const { user, backend, onClose } = await dialog('m14')
    const button = await allow()
    backend.fail('allowProgram', { code: 'conflict', message: 'The program has changed meanwhile.' })
    await user.click(screen.getByRole('checkbox', { name: /I know this program/ }))
    await user.click(button)
    expect(await screen.findByRole('alert')).toHaveTextContent('The program has changed meanwhile.')
    expect(onClose).not.toHaveBeenCalled()
  })

  it('says how to get one that is missing, where it was looked for, and looks again', async () => {
    const { user, backend } = await dialog('m14', missingProgram)
    expect(await screen.findByText(/Install the AWS command line/)).toBeVisible()
    expect(screen.queryByRole('button', { name: 'Allow this program' })).toBeNull()
    await user.click(screen.getByText('Where it was looked for'))
    expect(screen.getByText('/home/ana/.local/bin')).toBeVisible()
    const before = backend.called('program').length
    await user.click(screen.getByRole('button', { name: 'Look again' }))
    expect(backend.called('program')).toHaveLength(before + 1)
    await expectNoViolations()
  })

  it('says when it can’t be looked at', async () => {
    const backend = new FakeBackend({ fleet: fleetOf(signedMembers()) })
    backend.fail('program', { message: 'It is gone.' })
    const [member] = signedMembers()
    if (!member) throw new Error('no member')
    const { user } = await renderPage(<ProgramDialog member={member} onClose={vi.fn()} />, backend)
    expect(await screen.findByRole('alert')).toHaveTextContent('It is gone.')
    await user.click(screen.getByRole('button', { name: 'Look again' }))
    expect(await allow()).toBeVisible()
  })

  it('shows a kubeconfig’s words as text', async () => {
    const { baseElement } = await dialog('m14', { args: ['<img src=x>\u202Egnp'] })
    expect(await screen.findByText('<img src=x>⟨202E⟩gnp')).toBeVisible()
    expect(baseElement.querySelector('img')).toBeNull()
  })
})

describe('talking with a program', () => {
  it('runs only when told, takes the answer out of the page, and says how it ended', async () => {
    const { user, backend, baseElement } = await dialog('m15')
    const run = await screen.findByRole('button', { name: 'Run tsh' })
    expect(backend.called('runProgram')).toEqual([])
    await user.click(run)
    expect(await screen.findByRole('log', { name: 'What the program says' })).toHaveTextContent('authenticator')
    const answer = screen.getByLabelText('Your answer')
    expect(answer).toHaveFocus()
    expect(answer).toHaveAttribute('type', 'password')
    await expectNoViolations()
    await user.type(answer, '424242')
    expect(baseElement.innerHTML).not.toContain('424242')
    await user.click(screen.getByRole('button', { name: 'Show your answer' }))
    expect(answer).toHaveAttribute('type', 'text')
    await user.type(answer, '{Enter}')
    expect(backend.called('answerProgram')).toEqual([[subject('m15'), '424242']])
    expect(await screen.findByText(/tsh has ended/)).toBeVisible()
    expect(baseElement.innerHTML).not.toContain('424242')
  })

  it('says why it failed, and runs again', async () => {
    const { user, backend } = await dialog('m15')
    await user.click(await screen.findByRole('button', { name: 'Run tsh' }))
    await user.type(await screen.findByLabelText('Your answer'), 'wrong{Enter}')
    expect(await screen.findByText('tsh ended with exit code 1.')).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Run tsh again' }))
    expect(backend.called('runProgram')).toHaveLength(2)
  })

  it('stops', async () => {
    const { user, backend } = await dialog('m15')
    await user.click(await screen.findByRole('button', { name: 'Run tsh' }))
    await user.click(await screen.findByRole('button', { name: 'Stop tsh' }))
    expect(backend.called('stopProgram')).toEqual([[subject('m15')]])
    expect(await screen.findByText('Stopped.')).toBeVisible()
  })
})
