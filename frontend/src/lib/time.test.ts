import { describe, expect, it } from 'vitest'
import { relative, span } from './time'

describe('span', () => {
  it.each([
    [0, 'now'],
    [4_999, 'now'],
    [40_000, '40 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [3_599_999, '59 min'],
    [3_600_000, '1 h'],
    [47 * 3_600_000, '47 h'],
    [48 * 3_600_000, '2 d'],
    [-86_400_000 * 400, '400 d'],
    [86_400_000 * 800, '2 y'],
  ])('%i ms is %s', (ms, words) => {
    expect(span(ms)).toBe(words)
  })
})

describe('relative', () => {
  it('tells past from future', () => {
    expect(relative(0, 60_000)).toBe('1 min ago')
    expect(relative(60_000, 0)).toBe('in 1 min')
    expect(relative(1000, 0)).toBe('in a moment')
    expect(relative(0, 1000)).toBe('just now')
  })
})
