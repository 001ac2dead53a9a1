import { describe, expect, it } from 'vitest'
import { shared } from './shared'

describe('shared', () => {
  const was = { seq: 1, layout: { columns: ['a', 'b'] }, members: [{ id: 'x', n: 1 }, { id: 'y', n: 2 }, { id: 'z', n: 3 }] } // biome-ignore format: a line

  it('gives what was when nothing changed', () => {
    expect(shared(was, structuredClone(was))).toBe(was)
  })

  it('keeps the parts that did not change, wherever in a list they went', () => {
    const is = { ...structuredClone(was), seq: 2, members: [{ id: 'z', n: 3 }, { id: 'y', n: 5 }] } // biome-ignore format: a line
    const now = shared(was, is)
    expect(now).toEqual(is)
    expect(now.layout).toBe(was.layout)
    expect(now.members[0]).toBe(was.members[2])
    expect(now.members).not.toBe(was.members)
  })

  it.each([
    ['a key less', { a: 1, b: 2 }, { a: 1 }],
    ['a key more', { a: 1 }, { a: 1, b: undefined }],
    ['another key', { a: undefined }, { b: undefined }],
    ['a shorter list', [1, 2], [1]],
    ['another order', [1, 2], [2, 1]],
    ['a list for an object', { 0: 1 }, [1]],
    ['an object for a list', [1], { 0: 1 }],
    ['nothing for something', { a: {} }, { a: null }],
    ['something for nothing', { a: null }, { a: {} }],
    ['the same id twice', [{ id: 'x', n: 1 }], [{ id: 'x', n: 1 }, { id: 'x', n: 1 }]], // biome-ignore format: a line
  ])('says what the answer says: %s', (_, before, answer) => {
    expect(shared(before, structuredClone(answer))).toStrictEqual(answer)
  })
})
