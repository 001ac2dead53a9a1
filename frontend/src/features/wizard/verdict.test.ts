import { describe, expect, it } from 'vitest'
import { hasUnseen, visible, visibleLines } from '../../lib/visible'
import { candidate } from '../../test/importFixture'
import type { Candidate, Flag } from '../../wails/model'
import { addable, byLoudness, search, verdictOf } from './verdict'

const flag = (severity: string, title = severity): Flag => ({ kind: 'x', severity, title, detail: '' })
const alike = (index: number, over: Partial<Candidate> = {}) =>
  candidate(index, `context-${index}`, { server: 'https://same.example.net:6443', ...over })

describe('verdictOf', () => {
  it.each([
    ['a problem beats all', { problem: 'no user', memberID: 'm1', flags: [flag('danger')] }, 'problem'],
    ['a member beats flags', { memberID: 'm1', flags: [flag('danger')] }, 'member'],
    ['the loudest flag counts', { flags: [flag('info'), flag('danger'), flag('warning')] }, 'danger'],
    ['an unknown severity is a warning', { flags: [flag('shrug')] }, 'warning'],
    ['a note is no alarm', { flags: [flag('info')] }, 'clear'],
    ['nothing', {}, 'clear'],
  ])('%s', (_name, over, want) => {
    expect(verdictOf(candidate(0, 'c', over))).toBe(want)
  })

  it('sorts flags by loudness and keeps the order among equals', () => {
    const flags = [flag('info', 'a'), flag('danger', 'b'), flag('warning', 'c'), flag('danger', 'd')]
    expect(byLoudness(flags).map((f) => f.title)).toEqual(['b', 'd', 'c', 'a'])
  })
})

describe('search and select all', () => {
  const all = [
    candidate(0, 'prod-eu', { source: 'work.yaml' }),
    candidate(1, 'prod-us', { identity: 'bob' }),
    candidate(2, 'broken', { problem: 'no user' }),
    candidate(3, 'known', { memberID: 'm1', memberName: 'harbour' }),
  ]
  it('wants every word somewhere', () => {
    expect(search(all, ' PROD work ').map((c) => c.index)).toEqual([0])
    expect(search(all, 'harbour').map((c) => c.index)).toEqual([3])
    expect(search(all, '')).toHaveLength(4)
    expect(search(all, 'nowhere')).toEqual([])
  })
  it('takes what can be added, one per cluster and user', () => {
    expect(addable(all)).toEqual({ indexes: [0, 1], twins: 0 })
    expect(addable([alike(0), alike(1), alike(2, { identity: 'bob' })])).toEqual({ indexes: [0, 2], twins: 1 })
  })
  it('does not take users without an identity in two files for the same', () => {
    const nobody = { identity: '', authKind: 'token', user: 'admin' }
    expect(addable([alike(0, { ...nobody, source: 'a' }), alike(1, { ...nobody, source: 'b' })]).indexes).toEqual([
      0, 1,
    ])
  })
})

describe('visible', () => {
  it('writes out what hides or turns, and nothing else', () => {
    expect(visible('a\u202Eb\u200Bc\u0000')).toBe('a⟨202E⟩b⟨200B⟩c⟨0000⟩')
    expect(visible('prod 東京 ä <b>')).toBe('prod 東京 ä <b>')
    expect(visible('a\nb')).toBe('a⟨000A⟩b')
    expect(visibleLines('a\nb\u202E')).toBe('a\nb⟨202E⟩')
    expect(hasUnseen('fine')).toBe(false)
    expect(hasUnseen('\u2066')).toBe(true)
  })
})
