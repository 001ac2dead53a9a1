// What a person sees and does in the page in Chromium, with the words of Screen. Things are found by role and accessible name.
import assert from 'node:assert/strict'
import { pause } from './driver.mjs'
import * as page from './page.mjs'
import { patience } from './screen.mjs'

const [, axe] = page.libraries

/** Wails' own page runtime asks for a node that only its menu has. */
const foreign = /reading 'nodes'/

export class Tab {
  /** What was found against accessibility on its screens. */
  faults = []
  /** What went wrong in the page with nobody to catch it, and what its policy refused. */
  broken = []

  constructor(page) {
    this.page = page
    page.setDefaultTimeout(patience)
    page.on('pageerror', (error) => {
      if (!foreign.test(error.message)) this.broken.push(error.stack ?? error.message)
    })
    page.on('console', (message) => {
      if (/Content Security Policy/.test(message.text())) this.broken.push(message.text())
    })
    page.on('dialog', (dialog) => {
      this.broken.push(`a dialog of the browser: ${dialog.message()}`)
      void dialog.dismiss()
    })
  }

  async loaded() {
    await this.page.locator('h1').first().waitFor()
  }

  /** Everything of a role with that name; a string is the whole name. */
  all(role, name, within = this.page) {
    return within.getByRole(role, name === undefined ? {} : { name, exact: typeof name === 'string' })
  }

  /** The one that there is; waits for it. */
  async find(role, name, within) {
    const one = this.all(role, name, within)
    await one.waitFor()
    return one
  }

  async gone(role, name, within) {
    await this.until(`no ${role} ${name}`, async () => (await this.all(role, name, within).count()) === 0)
  }

  async click(role, name, within) {
    await this.all(role, name, within).click()
  }

  async fill(role, name, text, within) {
    await this.all(role, name, within).fill(text)
  }

  /** Text fields by their label, the star of a required one aside: a password field has no role. */
  field(label) {
    const escaped = label.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
    return this.page.locator('input').and(this.page.getByLabel(new RegExp(`^\\s*${escaped}[\\s*]*$`)))
  }

  async fillPassword(label, text) {
    await this.field(label).fill(text)
  }

  async tick(role, name, on = true) {
    await this.all(role, name).setChecked(on, { force: true })
  }

  async choose(name, words) {
    await this.all('combobox', name).selectOption({ label: words })
  }

  press(key) {
    return this.page.keyboard.press(key)
  }

  type(text) {
    return this.page.keyboard.type(text)
  }

  /** Waits until the page, or a part of it, shows a text. */
  async sees(pattern, within = this.page) {
    await within.getByText(pattern).first().waitFor()
  }

  /** What has the focus is that. */
  async focused(role, name, within) {
    const one = this.all(role, name, within)
    await this.until(`the focus on ${role} ${name}`, () => one.evaluate((e) => e === document.activeElement))
  }

  /** Looks for what a person with a screen reader, or with weak eyes, would stumble over; the test fails at its end. */
  async accessible(where) {
    await this.page.evaluate(`(${page.settled})()`)
    await this.page.evaluate(`window.axe || (() => { ${axe} })()`)
    for (const fault of await this.page.evaluate(`(${page.faults})()`)) this.faults.push(`${where}: ${fault}`)
  }

  async until(what, ok) {
    const end = Date.now() + patience
    let last = null
    do {
      try {
        if (await ok()) return
        last = null
      } catch (e) {
        last = e
      }
      await pause(50)
    } while (Date.now() < end)
    const words = typeof what === 'function' ? what() : what
    throw new Error(`waited ${patience} ms for ${words}${last ? ` (${last.message})` : ''}`)
  }

  /** Fails for all that was noted since it was last asked. */
  sound() {
    assert.deepEqual([...new Set(this.faults.splice(0))], [], 'accessibility')
    assert.deepEqual([...new Set(this.broken.splice(0))], [], 'errors in the page')
  }
}
