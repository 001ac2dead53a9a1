// What a person sees and does in the program's window. Things are found by role and accessible name, never by class or id.
import { pause } from './driver.mjs'
import * as page from './page.mjs'

/** How long to wait for anything, in ms. */
export const patience = Number(process.env.E2E_PATIENCE ?? 30_000)

const asJSON = (name) => (name instanceof RegExp ? { source: name.source, flags: name.flags } : (name ?? null))

const holds = (text, pattern) => (pattern instanceof RegExp ? pattern.test(text) : text.includes(pattern))

export class Screen {
  constructor(driver, machine, faults) {
    this.driver = driver
    this.machine = machine
    this.faults = faults
  }

  async loaded() {
    await this.until('the page', () => this.driver.run('() => document.querySelector("h1") !== null'))
    for (const script of page.libraries) {
      await this.driver.call('POST', '/execute/sync', { script: `${script}; return 1`, args: [] })
    }
    await this.driver.run(page.listenForErrors)
  }

  all(role, name, within = null) {
    return this.driver.run(page.byRole, role, asJSON(name), within)
  }

  /** The one element of a role with that name, a string being all of it; waits for it. */
  async find(role, name, within = null) {
    let seen = []
    await this.until(
      () => `one ${role} ${name} (there are ${seen.length})`,
      async () => {
        seen = await this.all(role, name, within)
        return seen.length === 1
      },
    )
    return seen[0]
  }

  async gone(role, name) {
    await this.until(`no ${role} ${name}`, async () => (await this.all(role, name)).length === 0)
  }

  /** Clicks as soon as it can be clicked: it may be disabled yet, or a rerender may be under way. */
  async click(role, name, within = null) {
    let seen = []
    await this.until(
      () => `a click on ${role} ${name} (there are ${seen.length}, which must be one and enabled)`,
      async () => {
        seen = await this.all(role, name, within)
        if (seen.length !== 1 || !(await this.driver.run(page.usable, seen[0]))) return false
        await this.clickElement(seen[0])
        return true
      },
    )
  }

  async clickElement(element) {
    await this.driver.click(await this.driver.run(page.handle, element))
  }

  /** Makes a checkbox, a radio or a switch be on or off. */
  async tick(role, name, on = true) {
    const box = await this.find(role, name)
    if ((await this.driver.run('(e) => e.checked', box)) !== on) await this.clickElement(box)
    await this.until(`${name} to be ${on}`, async () => (await this.driver.run('(e) => e.checked', box)) === on)
  }

  /** Replaces what a field holds. */
  async fill(role, name, text, within = null) {
    await this.#type(await this.find(role, name, within), text)
  }

  /** Text fields by their label: a password field has no role. */
  fields(label) {
    return this.driver.run(page.byLabel, label)
  }

  async fillPassword(label, text) {
    let fields = []
    await this.until(`the field "${label}"`, async () => {
      fields = await this.fields(label)
      return fields.length === 1
    })
    await this.#type(fields[0], text)
  }

  /** Chooses an option of a select by its words. */
  async choose(name, words) {
    const select = await this.find('combobox', name)
    await this.driver.run(page.choose, select, words)
  }

  /** Opens what is folded under some words. */
  async unfold(words, within = null) {
    let seen = []
    await this.until(`"${words}" to unfold`, async () => {
      seen = await this.driver.run(page.folded, words, within)
      return seen.length === 1
    })
    await this.clickElement(seen[0])
  }

  /** Short text is typed a key at a time over an emptied field; long text is put there at once, as a paste does. */
  async #type(element, text) {
    const long = text.length >= 100
    await this.driver.run(page.put, element, long ? text : '')
    if (!long) await this.driver.type(element, text)
  }

  press(...keys) {
    return this.driver.press(...keys)
  }

  text(element = null) {
    return this.driver.run('(e) => (e ?? document.body).innerText', element)
  }

  /** Waits until the page, or an element of it, shows a text. */
  async sees(pattern, role = null, name = null) {
    await this.until(`the text ${pattern}`, async () => {
      const [element] = role ? await this.all(role, name) : [null]
      const text = await this.text(element)
      return holds(text, pattern)
    })
  }

  /** Waits until the cluster table has exactly these rows, each holding its text, or matching its pattern. */
  async fleet(rows) {
    let seen = []
    await this.until(
      () => `the rows ${JSON.stringify(rows)}; there are ${JSON.stringify(seen)}`,
      async () => {
        seen = await this.rows()
        return (
          seen.length === Object.keys(rows).length &&
          seen.every(([name, text]) => rows[name] !== undefined && holds(text, rows[name]))
        )
      },
    )
  }

  /** The rows of the cluster table, as [name, text]. */
  rows() {
    return this.driver.run(page.clusterRows)
  }

  /** Notes from now on, paint by paint, whenever one of these rows doesn't show that it is ready. */
  watch(names) {
    return this.driver.run(page.watchRows, names)
  }

  /** What was noted since then. */
  changes() {
    return this.driver.run('() => window.changes')
  }

  /** Looks for what a person with a screen reader, or with weak eyes, would stumble over; the journey fails at its end. */
  async accessible(where) {
    await this.driver.wait(page.settled)
    for (const fault of await this.driver.wait(page.faults)) this.faults.push(`${where}: ${fault}`)
  }

  async until(what, ok) {
    const end = Date.now() + patience
    let last = null
    do {
      try {
        if (await ok()) return
      } catch (e) {
        last = e // a rerender took the element away, or the page is loading
      }
      await pause(50)
    } while (Date.now() < end)
    const words = typeof what === 'function' ? what() : what
    const shown = await this.text().catch(() => '')
    const broken = await this.driver.run('() => window.pageErrors').catch(() => [])
    const why = last ? ` (${last.message})` : ''
    const errors = broken?.length ? `\nerrors in the page:\n${broken.join('\n')}` : ''
    throw new Error(`${this.machine}: waited ${patience} ms for ${words}${why}; the page shows:\n${shown}${errors}`)
  }
}
