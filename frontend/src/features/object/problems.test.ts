import { yaml } from '@codemirror/lang-yaml'
import { EditorState } from '@codemirror/state'
import { describe, expect, it } from 'vitest'
import { syntaxProblems } from './problems'

function problems(doc: string): string[] {
  const state = EditorState.create({ doc, extensions: [yaml()] })
  return syntaxProblems(state).map((p) => `${state.doc.lineAt(p.from).number}: ${p.message}`)
}

describe('syntaxProblems', () => {
  it.each([
    ['a line that is in too deep', 'a:\n  b: 1\n   c: 2\n', /^3: This doesn’t fit/],
    ['a key without a colon', 'a: 1\nfoo\nb: 2\n', /^2: This doesn’t fit/],
    ['a bracket that stays open', 'a: {b: 1\nc: 2\n', /doesn’t fit/],
    ['a quote that stays open', 'a: "b\nc: d\n', /^1: The quote " is not closed/],
    ['a key that is there twice', 'a:\n  b: 1\n  b: 2\n', /^3: “b” is here twice/],
    ['a tab', 'a:\n\tb: 1\n', /^2: YAML is indented with spaces/],
  ])('finds %s', (_, doc, message) => {
    expect(problems(doc)[0]).toMatch(message)
  })

  it('finds none in what is right', () => {
    expect(problems("a:\n- b: \"x: y\"\n  c: |\n    - : {\nd: {e: [1, 2]}\nf: 'it''s'\n")).toEqual([])
  })
})
