import { Text } from '@codemirror/state'
import { describe, expect, it } from 'vitest'
import { placeAt } from './place'

/** The place of the "|" in a text. */
function place(marked: string) {
  const pos = marked.indexOf('^')
  return placeAt(Text.of(marked.replace('^', '').split('\n')), pos)
}

describe('placeAt', () => {
  it.each([
    ['a key at the top', 'kind: Pod\n^', [], 'key', ['kind']],
    [
      'a key in a mapping',
      'spec:\n  replicas: 3\n  ^\n  paused: true\nstatus:\n',
      ['spec'],
      'key',
      ['replicas', 'paused'],
    ],
    ['a key that is begun', 'spec:\n  rep^\n', ['spec'], 'key', []],
    ['a key of an item', 'a:\n  b:\n    - name: x\n      im^\n', ['a', 'b', 0], 'key', ['name']],
    ['the first key of an item', 'a:\n  - ^\n    image: y\n', ['a', 0], 'key', ['image']],
    ['a list in the column of its key', 'spec:\n  ports:\n  - name: x\n    ^\n', ['spec', 'ports', 0], 'key', ['name']],
    ['the second item', 'l:\n- a: 1\n- b: 2\n  ^\n', ['l', 0], 'key', ['b']],
    ['what comes after an item', 'l:\n  - a: 1\n^', [], 'key', ['l']],
    ['a list in a list', 'l:\n  - - a: 1\n      ^\n', ['l', 0, 0], 'key', ['a']],
    ['a value', 'spec:\n  paused: ^\n', ['spec', 'paused'], 'value', []],
    ['a value that is begun', 'spec:\n  policy: Al^\n', ['spec', 'policy'], 'value', []],
    ['a value of an item', 'l:\n  - policy: ^\n', ['l', 0, 'policy'], 'value', []],
    ['below a quoted key', '"a.b/c":\n  ^\n', ['a.b/c'], 'key', []],
    ['after empty lines and comments', 'spec:\n\n# no\n  ^\n', ['spec'], 'key', []],
  ])('%s', (_, marked, path, at, siblings) => {
    const found = place(marked)
    expect(found).toMatchObject({ path, at })
    expect(found?.siblings).toEqual(new Set(siblings))
  })

  it.each([
    ['a comment', 'spec:\n  # re^\n'],
    ['a block of text', 'data:\n  a: |\n    spec:\n      rep^\n'],
    ['a block of text that is folded', 'data:\n  a: >-\n    x^\n'],
    ['what is written in braces', 'a: {b^\n'],
    ['the colon', 'a:^'],
    ['a quoted value', 'a: "b^"'],
  ])('is none in %s', (_, marked) => {
    expect(place(marked)).toBeNull()
  })
})
