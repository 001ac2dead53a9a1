import { describe, expect, it } from 'vitest'
import type { LogSource } from '../../wails/model'
import { pieces } from './highlight'
import { sourceNames } from './sourceNames'
import { localStamp, utcStamp } from './stamp'

describe('pieces', () => {
  it.each([
    ['none', 'abc', 'x', ['abc']],
    ['any case', 'GET get', 'Get', ['*GET', ' ', '*get']],
    ['the whole', 'abc', 'abc', ['*abc']],
    ['letters whose lower case is longer', 'İİx error', 'ERROR', ['İİx ', '*error']],
    ['other alphabets', 'ОШИБКА!', 'ошибка', ['*ОШИБКА', '!']],
    ['no needle', 'abc', '', ['abc']],
    ['markup, as text', '<b>x</b>', '<b>', ['*<b>', 'x</b>']],
  ])('%s', (_, text, needle, want) => {
    expect(pieces(text, needle).map((p) => (p.hit ? `*${p.text}` : p.text))).toEqual(want)
    expect(
      pieces(text, needle)
        .map((p) => p.text)
        .join(''),
    ).toBe(text)
  })
})

describe('sourceNames', () => {
  const source = (member: string, pod: string, container: string) =>
    ({ key: `${member}${pod}${container}`, member, namespace: 'shop', pod, container }) as LogSource
  const short = (sources: LogSource[]) => [...sourceNames(sources, []).values()].map((n) => n.short)

  it('leave out what all share', () => {
    expect(short([source('m', 'web-7d9-x2', 'app'), source('m', 'web-7d9-k9', 'app')])).toEqual(['x2', 'k9'])
    expect(short([source('m', 'web', 'app'), source('m', 'web', 'proxy')])).toEqual(['app', 'proxy'])
    expect(short([source('m', 'web-x2', 'app'), source('n', 'web-k9', 'proxy')])).toEqual(['m/x2/app', 'n/k9/proxy'])
    expect(short([source('m', 'alpha', 'app'), source('m', 'beta', 'app')])).toEqual(['alpha', 'beta'])
  })
})

it('a workload that there is something to say of is named as such, and shortens no pod’s name', () => {
  const source = (pod: string, container: string) =>
    ({ key: pod, member: 'm', namespace: 'shop', pod, container }) as LogSource
  const names = sourceNames([source('deployments/web', ''), source('web-x2', 'app'), source('web-k9', 'app')], [])
  expect([...names.values()].map((n) => n.short)).toEqual(['deployments/web', 'x2', 'k9'])
  expect(names.get('deployments/web')?.full).toBe('m / shop / deployments/web')
})

it('writes times so that they line up', () => {
  const at = new Date(2026, 10, 3, 4, 5, 6, 7).getTime()
  expect(localStamp(at, at)).toBe('04:05:06.007')
  expect(localStamp(at, at + 86_400_000)).toBe('2026-11-03 04:05:06.007')
  expect(utcStamp(Date.UTC(2026, 10, 3, 4, 5, 6, 7))).toBe('2026-11-03 04:05:06.007Z')
})
