import { insertNewlineAndIndent } from '@codemirror/commands'
import { yaml } from '@codemirror/lang-yaml'
import { EditorState } from '@codemirror/state'
import { expect, it } from 'vitest'
import { indentLikeYaml } from './indent'

/** What Enter makes of a text where "^" is; "^" in the answer is where the caret then is. */
function enter(marked: string): string {
  const at = marked.indexOf('^')
  let state = EditorState.create({
    doc: marked.replace('^', ''),
    selection: { anchor: at },
    extensions: [yaml(), indentLikeYaml],
  })
  insertNewlineAndIndent({
    state,
    dispatch: (transaction) => {
      state = transaction.state
    },
  })
  const { head } = state.selection.main
  return `${state.sliceDoc(0, head)}^${state.sliceDoc(head)}`
}

it.each([
  ['below a key that holds a mapping', 'spec:^\n    a: 1', 'spec:\n    ^\n    a: 1'],
  ['below a key that holds nothing yet', 'a:\n  b:^\nc: 1', 'a:\n  b:\n    ^\nc: 1'],
  ['below the last key', 'a:\n  b:^', 'a:\n  b:\n    ^'],
  ['below a key of a list in its own column', 'a:\n  b:^\n  - x', 'a:\n  b:\n  ^\n  - x'],
  ['below a key with a value', 'a:\n  b: 1^\n  c: 2', 'a:\n  b: 1\n  ^\n  c: 2'],
  ['below the key of an item', 'a:\n- b: 1^\n- b: 2', 'a:\n- b: 1\n  ^\n- b: 2'],
  ['below an item that is a mapping', 'a:\n- ^', 'a:\n- \n  ^'],
  ['past a comment', 'a:^\n# no\n\n      b: 1', 'a:\n      ^\n# no\n\n      b: 1'],
  ['in a block of text', 'a: |^\nb: 1', 'a: |\n  ^\nb: 1'],
])('%s', (_, before, after) => expect(enter(before)).toBe(after))
