import { describe, expect, it, vi } from 'vitest'
import { FakeBackend } from '../../test/fakeBackend'
import { member } from '../../test/fleetFixtures'
import type { Member } from '../../wails/model'
import { ACTIONS, type ActionContext, actionsFor, runAction } from './actions'

const ready = member('1', 'harbour', { primary: true })
const off = member('2', 'slipway', { state: 'off' })
const bare = member('3', 'drydock', { state: 'needsCredentials' })

function context(targets: Member[], over: Partial<ActionContext> = {}) {
  const backend = new FakeBackend()
  const made: ActionContext = {
    targets,
    backend,
    act: (work) => void work(),
    open: vi.fn(),
    giveCredentials: vi.fn(),
    signIn: vi.fn(),
    program: vi.fn(),
    details: vi.fn(),
    orderHeld: '',
    moveTarget: () => '9',
    ...over,
  }
  return { backend, made }
}

const ids = (targets: Member[]) => actionsFor(targets).map((a) => a.id)

describe('actionsFor', () => {
  it('has ids that are unique', () => {
    expect(new Set(ACTIONS.map((a) => a.id)).size).toBe(ACTIONS.length)
  })

  it('offers the switch that changes something', () => {
    expect(ids([ready])).toContain('off')
    expect(ids([ready])).not.toContain('on')
    expect(ids([off])).toContain('on')
    expect(ids([off])).not.toContain('off')
  })

  it('does not offer to make the primary a primary', () => {
    expect(ids([ready])).not.toContain('makePrimary')
    expect(ids([off])).toContain('makePrimary')
  })

  it('offers only what works on many at once for many', () => {
    expect(ids([ready, off])).toEqual(['forget', 'retry', 'off', 'on', 'remove'])
  })

  it('offers nothing for nobody', () => {
    expect(ids([])).toEqual([])
  })
})

describe('runAction', () => {
  it('retries all but those switched off', () => {
    const { backend, made } = context([ready, off])
    runAction('retry', made)
    expect(backend.called('retry')).toEqual([[['1']]])
  })

  it('does not run what is refused', () => {
    const { backend, made } = context([off])
    runAction('retry', made)
    expect(backend.called('retry')).toEqual([])
  })

  it('does not run what is not offered', () => {
    const { made } = context([ready])
    runAction('makePrimary', made)
    expect(made.open).not.toHaveBeenCalled()
  })

  it('moves a row to before another, unless the rows are sorted', () => {
    const { backend, made } = context([ready])
    runAction('down', made)
    expect(backend.called('moveMember')).toEqual([['1', '9']])
    const held = context([ready], { orderHeld: 'sorted' })
    runAction('down', held.made)
    expect(held.backend.called('moveMember')).toEqual([])
  })

  it('copies without secrets at once, and asks before it copies with them', () => {
    const { backend, made } = context([ready])
    runAction('copyConfig', made)
    expect(backend.called('copyKubeconfig')).toEqual([['1', 'public']])
    runAction('copySecrets', made)
    expect(made.open).toHaveBeenCalledWith({ kind: 'copySecrets', member: ready })
    expect(backend.called('copyKubeconfig')).toHaveLength(1)
  })

  it('has no secrets to copy of a member without credentials', () => {
    const { made } = context([bare])
    runAction('copySecrets', made)
    expect(made.open).not.toHaveBeenCalled()
  })
})
