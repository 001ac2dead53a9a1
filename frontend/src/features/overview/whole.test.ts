import { describe, expect, it } from 'vitest'
import { partMember } from '../../test/overviewFixtures'
import type { TableState } from '../../wails/model'
import { nothing, wholeOf } from './whole'

const part = (kind: string, ...states: TableState[]) => ({
  kind,
  members: states.map((state, i) => partMember(`m${i + 1}`, { state })),
})

describe('how complete numbers are', () => {
  it('counts a member in full only when all its parts are', () => {
    const parts = [part('a', 'live', 'live', 'live'), part('b', 'live', 'denied', 'stale'), part('c', 'denied')]
    const whole = wholeOf(parts, ['a', 'b'])
    expect(whole).toMatchObject({ members: 3, full: 1 })
    expect(whole.lacking.map((m) => [m.id, m.state])).toEqual([
      ['m2', 'denied'],
      ['m3', 'stale'],
    ])
  })

  it('does not hold it against a member that it serves no such kind', () => {
    expect(wholeOf([part('a', 'missing', 'live')], ['a'])).toEqual({ members: 2, full: 2, lacking: [] })
  })

  it.each<[string, TableState[], string]>([
    ['everything was seen', ['live', 'missing'], 'none'],
    ['a part was seen', ['live', 'denied'], 'none'],
    ['the first rows are on their way', ['live', 'listing'], 'reading'],
    ['nothing is connected', ['waiting', 'waiting'], 'waiting'],
    ['there is no member', [], 'waiting'],
    ['nobody lets it be seen', ['denied', 'failed'], 'unseen'],
    ['who could be seen does not answer', ['waiting', 'stale'], 'unseen'],
  ])('tells what no rows mean when %s', (_, states, means) => {
    expect(nothing(wholeOf([part('a', ...states)], ['a']))).toBe(means)
  })
})
