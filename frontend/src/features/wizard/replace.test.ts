import { describe, expect, it } from 'vitest'
import { checkState } from '../../lib/checks'
import { member } from '../../test/fleetFixtures'
import { candidate } from '../../test/importFixture'
import type { Candidate } from '../../wails/model'
import { bestFor, differences, forMember } from './replace'
import { standingOf, tally } from './standing'

describe('replacing', () => {
  const harbour = member('m1', 'harbour', { identity: 'ana' })
  const own = (index: number, over: Partial<Candidate> = {}) =>
    candidate(index, `c${index}`, { server: harbour.server, ca: harbour.ca, ...over })
  it('puts the same server and user first', () => {
    const all = [candidate(0, 'else'), own(1, { identity: 'bob' }), own(2)]
    expect(forMember(all, harbour).map((c) => c.index)).toEqual([2, 1, 0])
    expect(bestFor(all, harbour)?.index).toBe(2)
  })
  it('begins with none when nothing of that server can be used', () => {
    expect(bestFor([candidate(0, 'else'), own(1, { problem: 'no user' })], harbour)).toBeUndefined()
  })
  it('tells every place where it differs', () => {
    expect(differences(harbour, own(0))).toEqual([])
    expect(differences(harbour, own(0, { ca: 'insecure', tlsName: 'x', identity: 'bob' })).map((d) => d.what)).toEqual([
      'CA',
      'TLS name',
      'User',
    ])
    expect(differences(harbour, own(0, { identity: '' }))).toEqual([])
  })
})

describe('standing of a test', () => {
  const check = (state: string) => ({ id: state, title: '', state, detail: '', ms: 1 })
  it.each([
    ['waiting', {}],
    ['running', { checks: [check('ok'), check('running')] }],
    ['passed', { checks: [check('ok'), check('skipped')], tested: true, passed: true }],
    ['warned', { checks: [check('warning')], tested: true, passed: true }],
    ['warned', { checks: [check('of a newer version')], tested: true, passed: true }],
    ['failed', { checks: [check('failed')], tested: true, passed: false }],
  ])('%s', (want, over) => {
    expect(standingOf(candidate(0, 'c', over))).toBe(want)
  })
  it('counts', () => {
    const all = [
      candidate(0, 'a'),
      candidate(1, 'b', { tested: true, passed: true }),
      candidate(2, 'c', { tested: true }),
    ]
    expect(tally(all)).toEqual({ total: 3, done: 2, failed: 1 })
    expect(checkState(check('ok'))).toBe('ok')
  })
})
