import { describe, expect, it } from 'vitest'
import { app, driftingApp, instance, someApps } from '../../test/appsFixtures'
import { richMembers } from '../../test/fleetFixtures'
import type { AppDrift } from '../../wails/model'
import { badges, fieldWords, matching, NO_FILTERS, rowsOf, type SortBy, sorted } from './rows'

const members = new Map(richMembers().map((m) => [m.id, m]))
const rows = rowsOf(someApps(), members)
const names = (list: typeof rows) => list.map((row) => row.app.name)

describe('an application as a row', () => {
  it('has its clusters once, its versions from the newest on, and the worst status', () => {
    const twice = app(
      'web',
      [
        instance('m1', 'web', { version: '9.2.0', updated: 5 }),
        instance('m1', 'web-2', { version: '10.0.0', updated: 9 }),
        instance('m2', 'web', { version: '', app: '9.2.0', status: 'failed', tone: 'bad', updated: 0 }),
      ],
      { tone: 'bad' },
    )
    const [row] = rowsOf([twice], members)
    expect(row).toMatchObject({ members: ['m1', 'm2'], versions: ['10.0.0', '9.2.0'], status: 'failed', updated: 9 })
  })

  it('is no trouble when it has no instance', () => {
    expect(rowsOf([app('gone', [])], members)).toMatchObject([{ members: [], versions: [], status: '', updated: 0 }])
  })
})

describe('the filters', () => {
  it.each<[string, Partial<typeof NO_FILTERS>, string[]]>([
    ['a name', { search: 'INGRESS' }, ['ingress-nginx']],
    ['several words, each anywhere', { search: 'controller quay' }, ['ingress-nginx']],
    ['a chart', { search: 'elasticsearch-eck' }, ['elastic-operator']],
    ['a status', { search: 'outofsync' }, ['payments']],
    ['words that are never together', { search: 'ingress outofsync' }, []],
    ['sources', { sources: ['argo', 'flux'] }, ['payments', 'podinfo']],
    ['a cluster', { members: ['m16'] }, ['podinfo']],
    ['tones', { tones: ['bad', 'busy'] }, ['ingress-nginx', 'prometheus']],
    ['drift', { drift: true }, ['ingress-nginx']],
    ['all together', { drift: true, sources: ['flux'] }, []],
  ])('keep by %s', (_, change, kept) => {
    expect(names(matching(rows, { ...NO_FILTERS, ...change }))).toEqual(kept)
  })
})

describe('the order', () => {
  it.each<[SortBy, boolean, string]>([
    ['name', false, 'cert-manager'],
    ['name', true, 'storefront'],
    ['source', false, 'payments'],
    ['clusters', true, 'cert-manager'],
    ['version', true, 'cert-manager'],
    ['status', false, 'ingress-nginx'],
    ['updated', false, 'ingress-nginx'],
  ])('by %s (desc: %s) begins with the right one', (by, desc, first) => {
    expect(names(sorted(rows, { by, desc }))[0]).toBe(first)
  })

  it('leaves equals by name, whichever way it is sorted', () => {
    const same = rowsOf([app('b', [instance('m1', 'b')]), app('a', [instance('m1', 'a')])], members)
    expect(names(sorted(same, { by: 'clusters', desc: true }))).toEqual(['a', 'b'])
    expect(names(sorted(same, { by: 'clusters', desc: false }))).toEqual(['a', 'b'])
  })

  it('counts numbers in names as numbers', () => {
    const many = rowsOf(
      ['app-10', 'app-9'].map((name) => app(name, [])),
      members,
    )
    expect(names(sorted(many, { by: 'name', desc: false }))).toEqual(['app-9', 'app-10'])
  })
})

describe('drift in few words', () => {
  const of = (...fields: string[]): AppDrift[] =>
    fields.map((field) => ({
      field,
      values: [
        { value: 'a', members: ['m1'] },
        { value: 'b', members: ['m2'] },
      ],
    }))

  it.each([
    [driftingApp().drift, ['2 versions', '2 statuses', '1 image differs']],
    [of('app', 'image a', 'image b'), ['2 app versions', '2 images differ']],
    [of('version', 'app'), ['2 versions']],
    [[], []],
  ])('%#', (drift, words) => {
    expect(badges(drift)).toEqual(words)
  })

  it('tells of a field that it does not know by its name', () => {
    expect(of('version', 'app', 'image web', 'status', 'replicas').map((d) => fieldWords(d.field))).toEqual([
      'Version',
      'App version',
      'Image web',
      'Status',
      'replicas',
    ])
    expect(badges(of('replicas'))).toEqual(['2 values differ'])
  })
})
