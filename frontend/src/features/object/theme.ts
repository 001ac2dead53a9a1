import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { EditorView } from '@codemirror/view'
import { tags } from '@lezer/highlight'

/** The editor in the page's own colours: custom properties, so that light and dark need no second theme. */
const look = EditorView.theme({
  '&': { height: '100%', fontSize: 'var(--text-s)', color: 'var(--text)', backgroundColor: 'var(--surface)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--font-mono)', lineHeight: '1.5' },
  '.cm-content': { caretColor: 'var(--text)' },
  '.cm-content:focus-visible': { outline: 'none' },
  '&.cm-focused .cm-cursor': { borderLeftColor: 'var(--text)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--code-selection)',
  },
  '.cm-gutters': { backgroundColor: 'var(--surface)', color: 'var(--text-subtle)', borderRight: '0' },
  '.cm-activeLine': { backgroundColor: 'var(--code-line)' },
  '.cm-activeLineGutter': { backgroundColor: 'var(--code-line)' },
  '.cm-foldPlaceholder': {
    padding: '0 0.375rem',
    border: '0',
    backgroundColor: 'var(--chip)',
    color: 'var(--text-subtle)',
  },
  '.cm-foldGutter .cm-gutterElement': { cursor: 'pointer' },
  '.cm-searchMatch': { backgroundColor: 'var(--code-match)' },
  '.cm-searchMatch-selected': { backgroundColor: 'var(--code-match-now)' },
  '.cm-selectionMatch': { backgroundColor: 'var(--code-selection)' },
  '.cm-panels': {
    backgroundColor: 'var(--surface)',
    color: 'var(--text)',
    borderColor: 'var(--border)',
    fontFamily: 'var(--pf-t--global--font--family--body)',
  },
  '.cm-panels.cm-panels-top': { borderBottom: '1px solid var(--border)' },
  '.cm-panel.cm-search': { padding: '0.5rem 2rem 0.5rem 0.5rem', fontSize: 'var(--text-s)' },
  '.cm-panel.cm-search label': { fontSize: 'var(--text-s)' },
  '.cm-panel.cm-search [name=close]': { color: 'var(--text)', fontSize: '1.25rem', right: '0.5rem', top: '0.25rem' },
  '.cm-textfield': {
    backgroundColor: 'var(--surface)',
    color: 'var(--text)',
    border: '1px solid var(--border)',
    borderRadius: 'var(--radius)',
    padding: '0.125rem 0.375rem',
  },
  '.cm-button': {
    backgroundImage: 'none',
    backgroundColor: 'var(--chip)',
    color: 'var(--text)',
    border: '1px solid var(--border)',
    borderRadius: 'var(--radius)',
  },
  '.cm-tooltip': {
    maxWidth: '32rem',
    border: '1px solid var(--border)',
    borderRadius: 'var(--radius-large)',
    backgroundColor: 'var(--surface-float)',
    color: 'var(--text)',
    boxShadow: 'var(--shadow-float)',
    fontFamily: 'var(--pf-t--global--font--family--body)',
    fontSize: 'var(--text-s)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--font-mono)', maxHeight: '16rem' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '0.125rem 0.5rem' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--surface-selected)',
    color: 'var(--text)',
  },
  '.cm-completionDetail': { color: 'var(--text-subtle)', fontStyle: 'normal' },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: 'var(--weight-strong)' },
  '.cm-tooltip.cm-completionInfo, .cm-tooltip-hover .cm-field': { padding: '0.5rem 0.75rem' },
  '.cm-diagnostic': { padding: '0.25rem 0.5rem 0.25rem 0.75rem' },
  '.cm-diagnostic-error': { borderLeft: '4px solid var(--icon-danger)' },
  '.cm-lineWrapping': { overflowWrap: 'anywhere' },
  '.cm-collapsedLines': {
    background: 'var(--chip)',
    color: 'var(--text-subtle)',
    fontFamily: 'var(--pf-t--global--font--family--body)',
  },
  // The marks before and behind the words are in no font of ours.
  '.cm-collapsedLines:before, .cm-collapsedLines:after': { content: '""' },
  '&.cm-merge-a .cm-changedLine, .cm-deletedChunk': { backgroundColor: 'var(--code-removed)' },
  '&.cm-merge-b .cm-changedLine, .cm-insertedLine': { backgroundColor: 'var(--code-added)' },
  '&.cm-merge-a .cm-changedText, .cm-deletedChunk .cm-deletedText': { background: 'var(--code-removed-text)' },
  '&.cm-merge-b .cm-changedText': { background: 'var(--code-added-text)' },
  // On this ground the other colours are too pale.
  '.cm-changedText span, .cm-deletedText span, .cm-insertedLine span': { color: 'var(--text)' },
})

const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--code-key)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--code-string)' },
  { tag: [tags.keyword, tags.typeName, tags.labelName], color: 'var(--code-mark)' },
  { tag: [tags.comment, tags.meta], color: 'var(--text-subtle)' },
  { tag: [tags.punctuation, tags.separator, tags.squareBracket, tags.brace], color: 'var(--text-subtle)' },
])

export const theme = [look, syntaxHighlighting(colours)]
