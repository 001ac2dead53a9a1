import { describe, expect, it } from 'vitest'
import type { GroupID, Item } from './items'
import { begin, found, parse } from './search'

const item = (group: GroupID, title: string, words: string[] = []): Item => ({
  id: `${group}:${title}`,
  group,
  title,
  detail: '',
  words,
  run: () => undefined,
})

const ITEMS = [
  item('members', 'harbour', ['Europe']),
  item('kinds', 'HelmRelease'),
  item('pages', 'Overview', ['home']),
  item('actions', 'Hide the rail'),
  item('actions', 'Add clusters'),
]
const shown = (groups: ReturnType<typeof found>) => groups.map((g) => [g.id, ...g.items.map((i) => i.title)])

describe('what the palette finds', () => {
  it.each<[string, ReturnType<typeof parse>]>([
    ['pods', { only: null, text: 'pods' }],
    ['> add ', { only: ['actions', 'pages'], text: 'add' }],
    ['@harb', { only: ['members'], text: 'harb' }],
    [':po', { only: ['kinds'], text: 'po' }],
    ['a>b', { only: null, text: 'a>b' }],
  ])('reads “%s”', (typed, query) => {
    expect(parse(typed)).toEqual(query)
  })

  it('puts the group with the best answer first, and objects last', () => {
    const groups = found(ITEMS, parse('h'), [item('objects', 'h')])
    expect(shown(groups)).toEqual([
      ['members', 'harbour'],
      ['kinds', 'HelmRelease'],
      ['actions', 'Hide the rail'],
      ['pages', 'Overview'],
      ['objects', 'h'],
    ])
  })

  it('keeps to the groups that a sign asks for, whole when nothing follows it', () => {
    expect(shown(found(ITEMS, parse('@'), [item('objects', 'x')]))).toEqual([['members', 'harbour']])
    expect(shown(found(ITEMS, parse('>h'), []))).toEqual([
      ['actions', 'Hide the rail'],
      ['pages', 'Overview'],
    ])
  })

  it('shows a few of each group, and many of a chosen one', () => {
    const many = Array.from({ length: 40 }, (_, i) => item('kinds', `Kind${i}`))
    expect(found(many, parse('kind'), [])[0]?.items).toHaveLength(5)
    expect(found(many, parse(':kind'), [])[0]?.items).toHaveLength(40)
  })

  it('begins with what was chosen last, and drops what has gone', () => {
    const groups = begin(ITEMS, ['kinds:HelmRelease', 'members:gone', 'pages:Overview'])
    expect(shown(groups)).toEqual([
      ['recent', 'HelmRelease', 'Overview'],
      ['actions', 'Hide the rail', 'Add clusters'],
    ])
  })
})
