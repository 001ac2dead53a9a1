import { describe, expect, it } from 'vitest'
import { catalogOf, filter, kind, someKinds } from '../../test/paneFixtures'
import { column, columnsOf, commonColumns, tableMember } from '../../test/paneFixturesRows'
import { spell } from './ages'
import { leastOf, noLayout, pressed, shownColumns, tracks } from './columns'
import { chips, isSame, toggled } from './filters'
import { firstKind, plural, searchKinds, sections } from './kinds'
import { inSight, placeAt, scrollFor, scrollTo, tall } from './places'
import { awaiting, type Seat, seated } from './seats'
import { summary } from './standing'

describe('plural', () => {
  const cases: [string, string, string][] = [
    ['Pod', 'pods', 'Pods'],
    ['Ingress', 'ingresses', 'Ingresses'],
    ['NetworkPolicy', 'networkpolicies', 'NetworkPolicies'],
    ['HorizontalPodAutoscaler', 'horizontalpodautoscalers', 'HorizontalPodAutoscalers'],
    ['Endpoints', 'endpoints', 'Endpoints'],
    ['NodeMetrics', 'nodes', 'Nodes'],
    ['Thing', 'objects', 'Thing'],
  ]
  it.each(cases)('%s as %s is %s', (name, resource, words) => expect(plural({ kind: name, resource })).toBe(words))
})

describe('kinds', () => {
  it('stand under favourites, recents, their category, and custom ones under their group', () => {
    const ids = sections(catalogOf()).map((s) => s.id)
    expect(ids.slice(0, 3)).toEqual(['favourites', 'recents', 'workloads'])
    expect(ids.slice(-2)).toEqual(['custom:argoproj.io', 'custom:cert-manager.io'])
    expect(sections(catalogOf({ favourites: ['gone.example'] })).map((s) => s.id)).not.toContain('favourites')
  })
  it.each([
    ['hpa', 'HorizontalPodAutoscaler'],
    ['net pol', 'NetworkPolicy'],
    ['cert-manager', 'Certificate'],
    ['no', 'Node'],
    ['pod', 'Pod'],
  ])('%s finds %s first', (text, name) => expect(searchKinds(someKinds(), text)[0]?.kind).toBe(name))
  it('begin with the last one, else pods, else the first', () => {
    expect(firstKind(someKinds(), 'nodes')).toBe('nodes')
    expect(firstKind(someKinds(), 'gone')).toBe('pods')
    expect(firstKind([kind('sloops.example', 'Sloop', 'custom')], '')).toBe('sloops.example')
  })
})

describe('columns', () => {
  const all = [...commonColumns(true), ...columnsOf('pods')]
  const ids = (layout = noLayout('pods')) => shownColumns(all, layout).map((c) => c.id)
  it('leave the wide ones out and end with the age, and find their cells all the same', () => {
    expect(ids()).toEqual(['member', 'namespace', 'name', 'c:Ready', 'c:Status', 'c:Restarts', 'age'])
    expect(shownColumns(all, { ...noLayout('pods'), columns: ['c:Node'] }).at(-1)?.cell).toBe(4)
  })
  it('show as chosen, without what is gone and never without the name', () => {
    expect(ids({ ...noLayout('pods'), columns: ['c:Node', 'c:Gone', 'age'] })).toEqual(['name', 'c:Node', 'age'])
  })
  it('take a width that was set, within reason, and share what is left', () => {
    const shown = shownColumns(all, { ...noLayout('pods'), widths: { name: 9999, member: 1, age: Number.NaN } })
    expect(shown.find((c) => c.id === 'name')?.set).toBe(1200)
    expect(shown.find((c) => c.id === 'member')?.set).toBe(56)
    expect(tracks(shown)).toContain(' 0px ')
    expect(tracks(shown.map((c) => ({ ...c, set: 100 })))).toMatch(/100px 1fr 44px$/)
    expect(leastOf([{ ...column('X'), cell: 0, set: 0, least: 100 }])).toBe(160)
  })
  it('sort up, down and not at all', () => {
    const up = pressed(noLayout('pods'), 'age')
    expect(up).toMatchObject({ sort: 'age', desc: false })
    expect(pressed(up, 'age')).toMatchObject({ sort: 'age', desc: true })
    expect(pressed(pressed(up, 'age'), 'age')).toMatchObject({ sort: '', desc: false })
  })
})

describe('filters', () => {
  it('are chips, each of which leaves the rest', () => {
    const f = filter({ namespaces: ['shop', 'x'], tones: ['bad'], labels: 'a=b', search: 'q' })
    const all = chips(f, [])
    expect(all.map((c) => `${c.field} ${c.text}`)).toEqual(['Namespace shop', 'Namespace x', 'State Bad', 'Labels a=b'])
    expect(all[0]?.without).toEqual({ ...f, namespaces: ['x'] })
    expect(all[3]?.without).toEqual({ ...f, labels: '' })
  })
  it('of a time and of whole cells are chips in words', () => {
    const f = filter({ cells: ['c:Reason=BackOff=1', 'name=web'], within: 3600 })
    const words = (seen: boolean) => {
      const columns = [column('Last Seen', 'time', { dated: seen }), column('Age', 'time', { id: 'age', dated: !seen })]
      return chips(f, [], columns).map((c) => `${c.field} ${c.text}`)
    }
    expect(words(true)).toEqual(['Reason BackOff=1', 'Name web', 'Seen in the last hour'])
    expect(words(false).at(-1)).toBe('Created in the last hour')
    expect(chips(f, [])[0]?.without).toEqual({ ...f, cells: ['name=web'] })
    expect(chips(f, []).at(-1)?.without).toEqual({ ...f, within: 0 })
    expect(isSame(f, { ...f, within: 60 })).toBe(false)
    expect([60, 300, 3600, 90, 7200, 86_400].map(spell)).toEqual([
      'minute',
      '5 minutes',
      'hour',
      '90 seconds',
      '2 hours',
      'day',
    ])
  })
  it('are the same in any order', () => {
    expect(isSame(filter({ status: ['a', 'b'] }), filter({ status: ['b', 'a'] }))).toBe(true)
    expect(isSame(filter({ status: ['a'] }), filter({ status: ['a', 'b'] }))).toBe(false)
    expect(toggled(filter({ status: ['a'] }), 'status', 'a')).toEqual(filter())
  })
})

describe('places', () => {
  const small = { count: 100_000, height: 40, view: 600 }
  const huge = { count: 2_000_000, height: 40, view: 600 }
  it('are plain sums in a list that a browser can lay out', () => {
    expect(tall(small)).toBe(4_000_000)
    expect(inSight(small, 400)).toEqual({ first: 10, last: 24 })
    expect(inSight({ ...small, count: 0 }, 0).last).toBe(-1)
    expect(scrollTo(small, 0, 5)).toBe(0)
    expect(scrollTo(small, 0, 99_999)).toBe(4_000_000 - 600)
    expect(scrollTo(small, 800, 5)).toBe(200)
  })
  it('reach both ends of a list that is shown to scale', () => {
    expect(tall(huge)).toBe(16_000_000)
    expect(inSight(huge, 0).first).toBe(0)
    expect(inSight(huge, tall(huge) - huge.view).last).toBe(huge.count - 1)
    expect(placeAt(huge, scrollFor(huge, 40_000_000))).toBeCloseTo(40_000_000, 3)
  })
})

describe('rows', () => {
  const sit = (before: readonly Seat<{ key: string }>[], keys: string) =>
    seated(
      before,
      [...keys].map((key) => ({ key })),
    )
  const told = (seats: Seat<{ key: string }>[]) =>
    seats.map((s) => (s.parked ? `(${s.item.key})` : s.item.key)).join('')
  const abc = sit([], 'abc')
  it.each([
    ['keep their element, and what comes takes one that is free', 'bcde', 'dbce'],
    ['leave theirs for when they are back', 'b', '(a)b(c)'],
    ['are told apart though all are others', 'xyz', 'xyz'],
  ])('%s', (_, keys, wanted) => expect(told(sit(abc, keys))).toBe(wanted))
  it.each([
    ['a jump away from them', { first: 90, last: 92, gaps: 3 }, '', true],
    ['a jump while one has the focus', { first: 90, last: 92, gaps: 3 }, 'b', true],
    ['a jump to where some were read', { first: 90, last: 92, gaps: 2 }, '', false],
    ['others to come where they are', { first: 2, last: 4, gaps: 3 }, '', false],
    ['the focus on one that has no place', { first: 90, last: 92, gaps: 3 }, 'x', false],
    ['nothing at all', { first: 0, last: -1, gaps: 0 }, '', false],
  ])('stay where they are for %s: %#', (_, sight, keys, stay) => {
    const placed = (text: string) => [...text].map((key, index) => ({ key, index }))
    expect(awaiting(seated([], placed('abc')), placed(keys), sight)).toBe(stay)
  })
  it('come back to the element that still shows them', () => expect(told(sit(sit(abc, 'b'), 'cbx'))).toBe('xbc'))
})

it('tells how members stand in one line', () => {
  const states = (['live', 'live', 'stale', 'denied', 'live'] as const).map((s, i) => tableMember(`m${i}`, s))
  expect(summary(states)).toBe('5 clusters: 3 live, 1 denied, 1 stale')
  expect(summary(states.slice(0, 1))).toBe('1 cluster: 1 live')
})
