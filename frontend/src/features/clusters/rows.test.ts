import { describe, expect, it } from 'vitest'
import { member } from '../../test/fleetFixtures'
import type { Layout } from '../../wails/model'
import { pressed, restore } from './layout'
import { filtered, moveTarget, noFilters, rowsOf, sorted } from './rows'

const plain: Layout = { columns: [], sort: '', desc: false, groupBy: '' }
const layout = (over: Partial<Layout>) => restore({ ...plain, ...over })
const names = (rows: { name: string }[]) => rows.map((r) => r.name)

const all = [
  member('1', 'delta', {
    version: 'v1.9.0',
    state: 'ready',
    latencyMS: 30,
    labels: { env: 'prod', team: 'a' },
    group: 'B',
  }),
  member('2', 'alpha', {
    version: 'v1.10.0',
    state: 'unreachable',
    latencyMS: -1,
    labels: { env: 'test' },
    group: 'A',
  }),
  member('3', 'Charlie', { version: '', state: 'off', latencyMS: 5, identity: 'bob', labels: { env: 'prod' } }),
  member('4', 'bravo', {
    version: 'v1.10.0',
    state: 'ready',
    latencyMS: 5,
    server: 'https://10.1.2.3:6443',
    group: 'A',
  }),
]

describe('filtered', () => {
  it.each([
    ['the name, whatever its case', 'CHAR', ['Charlie']],
    ['the server', '10.1.2', ['bravo']],
    ['the identity', 'bob', ['Charlie']],
    ['a label', 'team=a', ['delta']],
    ['every word', 'prod delta', ['delta']],
    ['nothing', 'zulu', []],
    ['blanks alone', '   ', ['delta', 'alpha', 'Charlie', 'bravo']],
  ])('finds by %s', (_, search, want) => {
    expect(names(filtered(all, { ...noFilters, search }))).toEqual(want)
  })

  it('keeps any of the states', () => {
    expect(names(filtered(all, { ...noFilters, states: new Set(['off', 'unreachable']) }))).toEqual([
      'alpha',
      'Charlie',
    ])
  })

  it('needs one value of every label key', () => {
    const labels = (...texts: string[]) => names(filtered(all, { ...noFilters, labels: new Set(texts) }))
    expect(labels('env=prod', 'env=test')).toEqual(['delta', 'alpha', 'Charlie'])
    expect(labels('env=prod', 'team=a')).toEqual(['delta'])
  })
})

describe('sorted', () => {
  it('keeps the order of the view without a column', () => {
    expect(sorted(all, layout({}))).toEqual(all)
  })

  it('compares names without case and versions as numbers', () => {
    expect(names(sorted(all, layout({ sort: 'name' })))).toEqual(['alpha', 'bravo', 'Charlie', 'delta'])
    expect(names(sorted(all, layout({ sort: 'version' })))).toEqual(['delta', 'alpha', 'bravo', 'Charlie'])
  })

  it('is stable, and puts what is unknown last both ways', () => {
    expect(names(sorted(all, layout({ sort: 'latency' })))).toEqual(['Charlie', 'bravo', 'delta', 'alpha'])
    expect(names(sorted(all, layout({ sort: 'latency', desc: true })))).toEqual(['delta', 'Charlie', 'bravo', 'alpha'])
  })

  it('puts the worst state first', () => {
    expect(names(sorted(all, layout({ sort: 'state' })))).toEqual(['alpha', 'delta', 'bravo', 'Charlie'])
  })

  it('leaves the given list as it was', () => {
    const before = names(all)
    sorted(all, layout({ sort: 'name' }))
    expect(names(all)).toEqual(before)
  })
})

describe('rowsOf', () => {
  const shape = (by: string, closed: string[] = []) =>
    rowsOf(all, layout({ groupBy: by }), noFilters, new Set(closed)).map((r) =>
      r.kind === 'group' ? `${r.title} ${r.count}` : `- ${r.member.name}`,
    )

  it('groups, with what has no group last', () => {
    expect(shape('group')).toEqual(['A 2', '- alpha', '- bravo', 'B 1', '- delta', 'No group 1', '- Charlie'])
  })

  it('groups by a label', () => {
    expect(shape('label:env')).toEqual([
      'env=prod 2',
      '- delta',
      '- Charlie',
      'env=test 1',
      '- alpha',
      'No env label 1',
      '- bravo',
    ])
  })

  it('orders groups of states by how bad they are, and shows no rows of a closed one', () => {
    expect(shape('state', ['ready'])).toEqual(['Unreachable 1', '- alpha', 'Ready 2', 'Off 1', '- Charlie'])
  })
})

describe('moveTarget', () => {
  it.each([
    ['up', '1', null],
    ['up', '3', '2'],
    ['down', '1', '3'],
    ['down', '3', ''],
    ['down', '4', null],
  ] as const)('%s of %s', (way, id, want) => {
    expect(moveTarget(all, all, id, way)).toBe(want)
  })

  it('jumps over rows that are filtered away', () => {
    const visible = all.filter((m) => m.id !== '2' && m.id !== '3')
    expect(moveTarget(all, visible, '4', 'up')).toBe('1')
    expect(moveTarget(all, visible, '1', 'down')).toBe('')
  })
})

describe('restore', () => {
  it('drops what it does not know and keeps the name first', () => {
    const got = restore({
      columns: ['state', 'future', 'name', 'state'],
      sort: 'future',
      desc: true,
      groupBy: 'future',
    })
    expect(got).toEqual({ columns: ['name', 'state'], sort: '', desc: true, groupBy: '' })
  })

  it('has columns without a layout', () => {
    expect(restore(plain).columns).toContain('version')
  })
})

describe('pressed', () => {
  it('goes up, down and back to the order of the view', () => {
    const once = pressed(layout({}), 'name')
    const twice = pressed(once, 'name')
    expect([once.sort, once.desc]).toEqual(['name', false])
    expect([twice.sort, twice.desc]).toEqual(['name', true])
    expect(pressed(twice, 'name').sort).toBe('')
    expect(pressed(twice, 'state')).toMatchObject({ sort: 'state', desc: false })
  })
})
