// What runs inside the page: finding things by role and accessible name, as a screen reader does.
import { readFileSync } from 'node:fs'
import { root } from './paths.mjs'

const modules = `${root}/frontend/node_modules`

/** Brings the two libraries into the page; the program itself has neither. */
export const libraries = [
  `${modules}/@testing-library/dom/dist/@testing-library/dom.umd.min.js`,
  `${modules}/axe-core/axe.min.js`,
].map((file) => readFileSync(file, 'utf8'))

/** Keeps the errors that nobody caught in window.pageErrors. */
export const listenForErrors = `() => {
  window.pageErrors = []
  const keep = (e) => window.pageErrors.push(String(e?.stack ?? e))
  window.addEventListener('error', (event) => keep(event.error ?? event.message))
  window.addEventListener('unhandledrejection', (event) => keep(event.reason))
}`

/** All elements of a role with that name; a pattern has source and flags, a string is the whole name, null any name. */
export const byRole = `(role, name, within) => {
  const options = name === null ? {} : { name: name.source === undefined ? name : new RegExp(name.source, name.flags) }
  return window.TestingLibraryDom.queryAllByRole(within ?? document.body, role, options)
}`

/** Whether it can be used now. */
export const usable = `(e) => !e.disabled && e.closest('fieldset[disabled]') === null && e.getAttribute('aria-disabled') !== 'true'`

/** Where to click: a radio or a box can be painted by its label. */
export const handle = `(e) => ['radio', 'checkbox'].includes(e.type) ? e.closest('label') ?? e : e`

/** Text fields by their label, the star of a required one aside. */
export const byLabel = `(label) => window.TestingLibraryDom.queryAllByLabelText(document.body,
  (text) => text.replace(/[*\\s]+$/, '').trim() === label, { selector: 'input' })`

/** What can be unfolded by its words. */
export const folded = `(words, within) => [...(within ?? document).querySelectorAll('details:not([open]) > summary')]
  .filter((s) => s.innerText.trim() === words)`

/** Puts a text into a field as a paste does; '' empties it. */
export const put = `(element, text) => {
  element.focus()
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(element), 'value').set.call(element, text)
  element.dispatchEvent(new Event('input', { bubbles: true }))
}`

/** Chooses an option of a select, as a person does in its list, which the webview leaves to the desktop. */
export const choose = `(select, words) => {
  const option = [...select.options].find((o) => o.label === words || o.text === words)
  if (!option) throw new Error('no option ' + words)
  select.value = option.value
  select.dispatchEvent(new Event('change', { bubbles: true }))
}`

/** The rows of the cluster table: their names and their text. */
export const clusterRows = `() => {
  const { queryByRole, queryAllByRole } = window.TestingLibraryDom
  const table = queryByRole(document.body, 'grid', { name: 'Clusters' })
  const rows = table ? queryAllByRole(table, 'row').filter((r) => r.getAttribute('aria-label')) : []
  return rows.map((r) => [r.getAttribute('aria-label'), r.innerText])
}`

/** Keeps in window.changes what rows show that aren't ready, until it is begun anew; behind a dialog there are no rows. */
export const watchRows = `(names) => {
  const changes = []
  window.changes = changes
  const look = () => {
    const seen = Object.fromEntries((${clusterRows})())
    changes.push(...names.filter((name) => seen[name] && !seen[name].includes('Ready')).map((name) => name + ': ' + seen[name]))
    if (window.changes === changes && changes.length < 10) requestAnimationFrame(look)
  }
  look()
}`

/** Waits until nothing moves and what is there has been painted; a spinner goes on for ever and doesn't count. */
export const settled = `async () => {
  const ends = document.getAnimations().filter((a) => a.effect?.getComputedTiming().endTime !== Infinity)
  await Promise.race([Promise.allSettled(ends.map((a) => a.finished)), new Promise((r) => setTimeout(r, 2000))])
  for (let i = 0; i < 2; i++) await new Promise((r) => requestAnimationFrame(r))
}`

/** The faults that axe finds with its default rules, a line each. A menu lies outside of the landmarks, as menus do. */
export const faults = `async () => {
  const options = { resultTypes: ['violations'], rules: { region: { enabled: false } } }
  const { violations } = await window.axe.run(document, options)
  return violations.flatMap((v) => v.nodes.map((n) =>
    [v.impact, v.id, n.target.join(' '), n.html.slice(0, 200), ...n.any.map((a) => a.message)].join(' | ')))
}`
