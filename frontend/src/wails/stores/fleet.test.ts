import { expect, it } from 'vitest'
import { fleetOf, someMembers } from '../../test/fleetFixtures'
import { merged } from './fleet'

it('keeps the members that did not change, so that their rows need not render', () => {
  const known = fleetOf(someMembers('harbour', 'slipway'))
  const next = structuredClone(known)
  next.members = next.members.map((m) => (m.name === 'slipway' ? { ...m, state: 'unreachable' } : m))
  const now = merged(known, next)
  expect(now).toEqual(next)
  expect(now.layout).toBe(known.layout)
  expect(now.members.map((m) => known.members.includes(m))).toEqual([true, false])
})
