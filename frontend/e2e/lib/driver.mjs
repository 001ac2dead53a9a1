// The WebDriver protocol, as far as the tests need it: https://www.w3.org/TR/webdriver2/
const elementKey = 'element-6066-11e4-a52e-4f735466cecf'

export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

export class WebDriverError extends Error {
  constructor(value) {
    super(`${value.error}: ${value.message}`)
    this.code = value.error
  }
}

export class Driver {
  #base
  #session = null

  constructor(base) {
    this.#base = base
  }

  async ready() {
    for (let i = 0; i < 300; i++) {
      try {
        await this.#send('GET', '/status')
        return
      } catch {
        await pause(100)
      }
    }
    throw new Error('WebKitWebDriver did not start; are webkit2gtk-driver, dbus and gnome-keyring installed?')
  }

  /** Starts a program with its one window. */
  async open(binary, args) {
    const capabilities = { alwaysMatch: { 'webkitgtk:browserOptions': { binary, args } } }
    const { sessionId } = await this.#send('POST', '/session', { capabilities })
    this.#session = sessionId
    await this.call('POST', '/timeouts', { script: 60_000, implicit: 0 })
  }

  /** Ends the session; the program may be gone already, which the driver calls an error. */
  async forget() {
    if (this.#session) await this.#send('DELETE', `/session/${this.#session}`).catch(() => undefined)
    this.#session = null
  }

  call(method, path, body) {
    return this.#send(method, `/session/${this.#session}${path}`, body)
  }

  /** Runs a function in the page; its arguments and its answer are JSON or elements. A string is the source of one. */
  run(fn, ...args) {
    return this.call('POST', '/execute/sync', { script: `return (${fn}).apply(null, arguments)`, args })
  }

  /** Runs a function that answers a promise. */
  wait(fn, ...args) {
    const script = `const done = arguments[arguments.length - 1]
      ;(${fn}).apply(null, [...arguments].slice(0, -1)).then(done, (e) => done({ failed: String(e) }))`
    return this.call('POST', '/execute/async', { script, args })
  }

  /** Presses keys together, the last one last: press('Control', 'v'). */
  press(...keys) {
    const down = keys.map((key) => ({ type: 'keyDown', value: named[key] ?? key }))
    const up = keys.toReversed().map((key) => ({ type: 'keyUp', value: named[key] ?? key }))
    return this.call('POST', '/actions', { actions: [{ type: 'key', id: 'keyboard', actions: [...down, ...up] }] })
  }

  click(element) {
    return this.call('POST', `/element/${element[elementKey]}/click`, {})
  }

  type(element, text) {
    return this.call('POST', `/element/${element[elementKey]}/value`, { text })
  }

  async #send(method, path, body) {
    const answer = await fetch(this.#base + path, {
      method,
      ...(body ? { body: JSON.stringify(body) } : {}),
      signal: AbortSignal.timeout(90_000),
    })
    const { value } = await answer.json()
    if (value?.error) throw new WebDriverError(value)
    return value
  }
}

/** The keys that are no character: https://www.w3.org/TR/webdriver2/#keyboard-actions */
const named = {
  Tab: '\uE004',
  Enter: '\uE007',
  Shift: '\uE008',
  Control: '\uE009',
  Escape: '\uE00C',
  End: '\uE010',
  Home: '\uE011',
  ArrowUp: '\uE013',
  ArrowDown: '\uE015',
  Delete: '\uE017',
}
