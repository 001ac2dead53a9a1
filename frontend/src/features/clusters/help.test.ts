import { describe, expect, it } from 'vitest'
import { member } from '../../test/fleetFixtures'
import type { Member } from '../../wails/model'
import { helpOf, rowHelp } from './help'

const proposed = { server: 'https://x', ca: '', tlsName: '' }

describe('what helps a member', () => {
  it.each<[string, Partial<Member>]>([
    ['signIn', { state: 'needsLogin', action: 'signIn' }],
    ['approve', { state: 'needsLogin', action: 'approve' }],
    ['run', { state: 'needsLogin', action: 'run' }],
    ['credentials', { state: 'needsLogin', action: 'replaceCredentials' }],
    ['retry', { state: 'denied', action: 'retry' }],
    ['credentials', { state: 'needsLogin' }],
    ['credentials', { state: 'needsLogin', action: 'of a newer version' }],
    ['credentials', { state: 'needsCredentials' }],
    ['nothing', { state: 'needsCredentials', proposed }],
    ['credentials', { state: 'denied' }],
    ['retry', { state: 'unreachable' }],
    ['on', { state: 'off' }],
    ['nothing', { state: 'ready' }],
  ])('%s', (id, over) => {
    expect(helpOf(member('m', 'm', over))?.id ?? 'nothing').toBe(id)
  })

  it('is in the row only when nobody but the person can do it, at once', () => {
    const rows = ['signIn', 'approve', 'run', 'replaceCredentials', 'retry'].map((action) =>
      rowHelp(member('m', 'm', { state: 'needsLogin', action })),
    )
    expect(rows.map((help) => help?.id)).toEqual(['signIn', 'approve', 'run', undefined, undefined])
  })
})
