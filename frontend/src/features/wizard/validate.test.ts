import { describe, expect, it } from 'vitest'
import { candidate } from '../../test/importFixture'
import { parseLabels } from './labels'
import { proposeNames } from './names'
import { noPicks, type PickAction, reducePicks } from './picks'
import { checkDrafts } from './validate'

const reduce = (...actions: PickAction[]) => actions.reduce(reducePicks, noPicks)

describe('names', () => {
  it('makes equal proposals differ, drops what cannot be seen, keeps the length', () => {
    const long = 'x'.repeat(300)
    const names = proposeNames([
      candidate(0, 'admin'),
      candidate(1, 'admin'),
      candidate(2, 'admin-2'),
      candidate(3, 'pr\u202Eod\u200B'),
      candidate(4, '\u202E'),
      candidate(5, long),
      candidate(6, long),
    ]).map((c) => c.name)
    expect(names.slice(0, 5)).toEqual(['admin', 'admin-2', 'admin-2-2', 'prod', 'cluster'])
    expect(names[5]).toHaveLength(253)
    expect(names[6]).toBe(`${'x'.repeat(251)}-2`)
  })
  it('leaves alone what is not added', () => {
    const all = [candidate(0, 'a'), candidate(1, 'a', { problem: 'no' }), candidate(2, 'a', { memberID: 'm1' })]
    expect(proposeNames(all).map((c) => c.name)).toEqual(['a', 'a', 'a'])
  })
})

describe('checkDrafts', () => {
  const errorOf = (name: string, labels = '', group = '') => {
    const picks = reduce({ type: 'edit', index: 0, draft: { name, color: '', group, labels } })
    return checkDrafts(picks, [candidate(0, 'c'), candidate(1, 'other')], new Set(['taken'])).get(0)
  }
  it.each([
    ['fine', 'fine', ''],
    ['', '', 'Give it a name.'],
    ['   ', '   ', 'Give it a name.'],
    ['taken', ' taken ', 'A cluster in your view has this name.'],
    ['twice', 'other', 'Two of these have this name.'],
    ['turned', 'a\u202Eb', 'It holds characters that can’t be seen. Type it again.'],
    ['253 emoji', '😀'.repeat(253), ''],
    ['254', 'x'.repeat(254), 'At most 253 characters.'],
  ])('name: %s', (_case, name, want) => {
    expect(errorOf(name)?.name ?? '').toBe(want)
  })
  it('looks at group and labels too', () => {
    expect(errorOf('ok', '', 'g\u200B')?.group).toContain('can’t be seen')
    expect(errorOf('ok', '=x')?.labels).toContain('can’t be a label’s name')
  })
})

describe('parseLabels', () => {
  it('reads a list, with and without values', () => {
    expect(parseLabels(' env = prod, team=a=b ,, flag ')).toEqual({
      labels: { env: 'prod', team: 'a=b', flag: '' },
      error: '',
    })
  })
  it.each(['-x=1', 'a b=1', '__proto__!=1', 'a=1,a=2', `${'k'.repeat(254)}=1`])('refuses %s', (text) => {
    expect(parseLabels(text).error).not.toBe('')
  })
})
