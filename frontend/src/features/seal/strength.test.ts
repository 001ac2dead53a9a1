import { describe, expect, it } from 'vitest'
import { strength } from './strength'

// The cases of backend/seal/strength_test.go: the page and Go must not say different things.
const CASES: [typed: string, least: number, most: number, advice: string][] = [
  ['', 0, 0, 'Choose'],
  ['x', 0, 0, 'too short'],
  ['password', 0, 0, 'everybody knows'],
  ['P@ssw0rd!', 0, 0, 'everybody knows'],
  ['Password2024!', 0, 0, 'everybody knows'],
  ['Kubernetes123', 0, 0, 'everybody knows'],
  ['correct horse battery staple', 0, 1, 'everybody knows'],
  ['123456789012345678901234567890', 0, 0, 'Rows and repeats'],
  ['asdfghjklpoiuytrewq', 0, 0, 'Rows and repeats'],
  ['zyxwvutsrqponmlkjihgfedcba', 0, 0, 'Rows and repeats'],
  ['a'.repeat(36), 0, 0, 'Rows and repeats'],
  ['tangoz'.repeat(5), 0, 1, 'Rows and repeats'],
  ['ab'.repeat(18), 0, 1, 'Rows and repeats'],
  ['1984'.repeat(5), 0, 0, ''],
  ['Rosalind', 0, 0, 'too short'],
  ['Rosalind1987', 0, 1, 'too short'],
  ['giraffe lantern', 1, 2, ''],
  ['giraffe lantern mustard', 2, 2, 'One or two more'],
  ['giraffe lantern mustard pebble', 3, 3, 'One more'],
  ['giraffe lantern mustard pebble violin trumpet', 4, 4, ''],
  ['giraffelanternmustardpebble', 3, 4, ''],
  ['xK9#qLm2$vRt8', 3, 4, ''],
  ['xK9#qLm2$vRt8&Yw4!', 4, 4, ''],
  ['My dog Rex was born in 2015!', 1, 2, ''],
  ['jvkqzhwpxtrb', 3, 3, ''],
  ['7h2Kp', 0, 0, 'too short'],
  ['831957204618', 1, 2, ''],
  ['Grünkohl Fenster Bratpfanne Leuchtturm', 4, 4, ''],
  ['東京の空に赤い月が昇る夜', 2, 4, ''],
]

describe('strength', () => {
  it.each(CASES)('rates %j as Go does', (typed, least, most, advice) => {
    const got = strength(typed)
    expect(got.score).toBeGreaterThanOrEqual(least)
    expect(got.score).toBeLessThanOrEqual(most)
    expect(got.advice).toContain(advice)
    expect(got.advice === '').toBe(got.score === 4)
  })

  it('never gives less for more words', () => {
    const words = 'giraffe lantern mustard pebble violin trumpet'.split(' ')
    const bits = words.map((_, i) => strength(words.slice(0, i + 1).join(' ')).bits)
    expect(bits).toEqual(bits.toSorted((a, b) => a - b))
    expect(new Set(bits).size).toBe(bits.length)
  })

  it('gives the same for a composed and a decomposed letter', () => {
    expect(strength('Grüße')).toEqual(strength('Gru\u0308ße'))
  })

  it('answers at once for a very long text', () => {
    const begun = performance.now()
    strength('zebra77!Qx '.repeat(20_000))
    expect(performance.now() - begun).toBeLessThan(1000)
  })
})
