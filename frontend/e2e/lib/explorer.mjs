// What a person does in Explore, in the words of the page.

/** Opens Explore at a kind, found by its words. */
export async function explore(tab, kind, words = kind) {
  await tab.click('button', 'Explore')
  await tab.fill('searchbox', 'Search kinds', words)
  await tab.press('Enter')
  await tab.fill('searchbox', 'Search kinds', '')
  await tab.find('grid', kind)
}

/** The rows of the table from its top on, as [name, text]; in the document they stand in any order. */
export function rows(tab, kind) {
  const all = tab.all('row', undefined, tab.all('grid', kind))
  return all.evaluateAll((found) =>
    found
      .filter((r) => r.ariaLabel)
      .sort((a, b) => Number(a.ariaRowIndex) - Number(b.ariaRowIndex))
      // biome-ignore lint/performance/useDomNodeTextContent: what is seen, a cell from the next
      .map((r) => [r.ariaLabel, r.innerText]),
  )
}

/** Waits until the table has exactly these rows, 'name member' each, in any order. */
export async function shows(tab, kind, wanted) {
  let seen = []
  const sorted = (list) => [...list].sort((a, b) => a.localeCompare(b))
  await tab.until(
    () => `the ${kind} ${wanted.join(', ')}; there are ${seen.join(', ')}`,
    async () => {
      seen = (await rows(tab, kind)).map(([name, text]) => `${name} ${memberOf(text)}`)
      return sorted(seen).join() === sorted(wanted).join()
    },
  )
}

const members = ['c1', 'south', 'west']
const memberOf = (text) => text.split(/\s+/).find((word) => members.includes(word)) ?? '?'

/** The row of an object in a member. */
export const rowOf = (tab, kind, name, member) =>
  tab
    .all('row', name, tab.all('grid', kind))
    .filter({ has: tab.page.getByRole('gridcell', { name: member, exact: true }) })

/** Ticks values in one of the toolbar's panels. */
export async function filterBy(tab, what, ...values) {
  await tab.click('button', new RegExp(`^Filter by ${what}(: \\d+ chosen)?$`))
  const panel = await tab.find('dialog', `Filter by ${what}`)
  for (const value of values) await tab.click('checkbox', new RegExp(`^${value}\\s*\\d*$`), panel)
  await tab.press('Escape')
  await tab.gone('dialog', `Filter by ${what}`)
}

/** Filters by the objects' labels, as kubectl takes them. */
export async function selectLabels(tab, selector) {
  await tab.click('button', /^Filter by label/)
  await tab.fill('textbox', 'Label selector', selector)
  await tab.press('Enter')
  await tab.press('Escape')
  await tab.gone('dialog', 'Filter by label')
}

export const clearFilters = (tab) => tab.click('button', 'Clear all')

/** Presses Tab until a row has the focus. */
export async function tabToRows(tab, kind) {
  const inRow = (e) => document.activeElement?.role === 'row' && e.contains(document.activeElement)
  for (let i = 0; i < 60; i++) {
    if (await tab.all('grid', kind).evaluate(inRow)) return
    await tab.press('Tab')
  }
  throw new Error('Tab does not come to the rows')
}

/** Opens an object in the drawer, and answers the drawer. */
export async function openObject(tab, kind, name, member) {
  await tab.click('rowheader', undefined, rowOf(tab, kind, name, member))
  return tab.find('complementary', `Details of ${name}`)
}

export const closeObject = async (tab, name) => {
  await tab.click('button', `Close: ${name}`)
  await tab.gone('complementary', `Details of ${name}`)
}
