import { describe, expect, it } from 'vitest'
import { candidate } from '../../test/importFixture'
import type { Candidate } from '../../wails/model'
import { adding, contested, replacing, twins } from './clash'
import { chosen, draftOf, noPicks, type PickAction, pickOf, reducePicks } from './picks'

const reduce = (...actions: PickAction[]) => actions.reduce(reducePicks, noPicks)
const alike = (index: number, over: Partial<Candidate> = {}) =>
  candidate(index, `context-${index}`, { server: 'https://same.example.net:6443', ...over })

describe('picks', () => {
  it('toggles, selects without doubles, unselects', () => {
    const picks = reduce(
      { type: 'toggle', index: 3 },
      { type: 'select', indexes: [1, 3, 1] },
      { type: 'toggle', index: 3 },
      { type: 'select', indexes: [2] },
      { type: 'unselect', indexes: [1] },
    )
    expect(picks.selected).toEqual([2])
  })
  it('keeps a draft through unselecting and gives the picks in the order of the import', () => {
    const draft = { name: ' new name ', color: 'red', group: ' g ', labels: 'a=b' }
    const picks = reduce(
      { type: 'select', indexes: [5, 2] },
      { type: 'edit', index: 5, draft },
      { type: 'toggle', index: 5 },
      { type: 'toggle', index: 5 },
    )
    const all = [candidate(2, 'two'), candidate(5, 'five')]
    expect(chosen(picks, all).map((c) => pickOf(picks, c))).toEqual([
      { index: 2, name: 'two', color: '', group: '', labels: {} },
      { index: 5, name: 'new name', color: 'red', group: 'g', labels: { a: 'b' } },
    ])
  })
  it('fills one field of many and leaves the others', () => {
    const one = candidate(1, 'one')
    const two = candidate(2, 'two')
    const before = reduce({ type: 'edit', index: 2, draft: { name: 'zwei', color: 'red', group: 'x', labels: '' } })
    const drafts = new Map([one, two].map((c) => [c.index, draftOf(before, c)]))
    const picks = reducePicks(before, { type: 'fill', drafts, patch: { group: 'Europe' } })
    expect(draftOf(picks, one)).toEqual({ name: 'one', color: '', group: 'Europe', labels: '' })
    expect(draftOf(picks, two)).toEqual({ name: 'zwei', color: 'red', group: 'Europe', labels: '' })
  })
})

describe('clashes', () => {
  const known = { memberID: 'm1', memberName: 'harbour' }
  it('parts additions from replacements', () => {
    const picked = [candidate(0, 'a'), candidate(1, 'b', known)]
    expect([adding(picked).map((c) => c.index), replacing(picked).map((c) => c.index)]).toEqual([[0], [1]])
  })
  it('names a member that two picks want, once', () => {
    expect(contested([candidate(0, 'a', known), candidate(1, 'b', known), candidate(2, 'c', known)])).toEqual([
      'harbour',
    ])
    expect(contested([candidate(0, 'a', known), candidate(1, 'b')])).toEqual([])
  })
  it('finds the second context of one cluster and user', () => {
    expect([...twins([alike(0), alike(1), alike(2, { identity: 'bob' })])]).toEqual([[1, 'context-0']])
  })
})
