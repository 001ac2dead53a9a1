import { describe, expect, it } from 'vitest'
import { member } from '../../test/fleetFixtures'
import { changes, draftOf, problems } from './edit'
import { soonest, urgency } from './expiry'

const one = member('1', 'harbour', { labels: { env: 'prod' }, distribution: 'eks' })
const two = member('2', 'lighthouse')

describe('changes', () => {
  it('sends only what differs', () => {
    const draft = { ...draftOf(one), name: ' port ', labels: { env: 'test' } }
    expect(changes(draft, one)).toEqual({
      id: '1',
      name: 'port',
      color: null,
      group: null,
      labels: { env: 'test' },
      distribution: null,
    })
  })

  it('sends nothing when nothing differs', () => {
    expect(changes(draftOf(one), one)).toBeNull()
  })

  it('does not turn a detected distribution into one set by hand', () => {
    expect(draftOf(one).distribution).toBe('')
    expect(draftOf({ ...one, distributionByHand: true }).distribution).toBe('eks')
  })
})

describe('problems', () => {
  it.each([
    ['   ', 'Give it a name.'],
    ['a'.repeat(254), 'Use 253 characters or fewer.'],
    ['abc\u202edef', 'The name holds characters that can’t be seen. Type it anew.'],
    ['a\u0007b', 'The name holds characters that can’t be seen. Type it anew.'],
    ['🚢'.repeat(253), ''],
    ['port', ''],
  ])('%j: %s', (name, want) => {
    expect(problems({ ...draftOf(one), name }, one, [one, two]).name).toBe(want)
  })

  it('warns of a name that another cluster has, but not of its own', () => {
    expect(problems({ ...draftOf(one), name: 'lighthouse' }, one, [one, two]).nameWarning).not.toBe('')
    expect(problems(draftOf(one), one, [one, two]).nameWarning).toBe('')
  })
})

describe('expiry', () => {
  const DAY = 86_400_000

  it('takes what ends first, and nothing where nothing is known', () => {
    expect(soonest({ expiresAt: 5, serverCertExpires: 3 })).toEqual({ at: 3, what: 'server certificate' })
    expect(soonest({ expiresAt: 5, serverCertExpires: 0 })).toEqual({ at: 5, what: 'credential' })
    expect(soonest({ expiresAt: 0, serverCertExpires: 0 })).toBeNull()
  })

  it.each([
    [0, 'expired'],
    [1, 'week'],
    [7 * DAY - 1, 'week'],
    [7 * DAY, 'month'],
    [30 * DAY - 1, 'month'],
    [30 * DAY, 'none'],
  ])('in %i ms presses as %s', (left, want) => {
    expect(urgency(left + 1000, 1000)).toBe(want)
  })
})
