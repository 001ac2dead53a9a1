// The person's own browser, which is Chromium, and what they do there in the pages of identity providers.
import { chromium } from 'playwright-core'
import { patience } from './screen.mjs'

let running = null

const started = () => {
  running ??= chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium' })
  return running
}

export async function closeBrowser() {
  await (await running)?.close()
  running = null
}

/** A browser that has never been anywhere, for the program's own page. */
export async function newBrowserContext() {
  const context = await (await started()).newContext({ viewport: { width: 1280, height: 800 } })
  context.setDefaultTimeout(patience)
  return context
}

/** Opens an address where nobody is signed in yet, does something there, and answers the words of the last page. */
export async function browse(address, act = async () => undefined) {
  const context = await (await started()).newContext({ ignoreHTTPSErrors: true })
  context.setDefaultTimeout(patience)
  const page = await context.newPage()
  try {
    await page.goto(address)
    await act(page)
    return await page.textContent('body')
  } catch (cause) {
    const shown = await page.textContent('body').catch(() => 'nothing')
    throw new Error(`the browser is at ${page.url()}, which shows: ${shown}`, { cause })
  } finally {
    await context.close()
  }
}

/** A program that waits on this machine for the browser's return. */
const loopback = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\]):\d+\/(callback)?\?/

/** Signs in at Dex and agrees; where nobody is asked for by name, the connector's link is followed first. */
export const atDex = (user) => async (page) => {
  const choice = page.getByRole('link', { name: user.connector === 'ldap' ? 'Log in with LDAP' : 'Log in with Email' })
  await page.locator('#login').or(choice).first().waitFor()
  if (await choice.isVisible()) await choice.click()
  await page.locator('#login').fill(user.name)
  await page.locator('#password').fill(user.password)
  await page.locator('#submit-login').click()
  await page.getByRole('button', { name: 'Grant Access' }).click()
  await page.waitForURL(loopback)
}

/** Signs in at the certified provider, and agrees or says no. */
export const atProvider =
  (user, { deny = false } = {}) =>
  async (page) => {
    await signIn(page, user)
    await page.getByRole('button', { name: deny ? 'Cancel' : 'Allow' }).click()
    await page.waitForURL(loopback)
  }

async function signIn(page, user) {
  await page.getByLabel('Name').fill(user.name)
  await page.getByLabel('Password').fill(user.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** Signs in at OpenShift's own page. */
export const atOpenShift = (user) => async (page) => {
  await page.locator('input[name=username]').fill(user.name)
  await page.locator('input[name=password]').fill(user.password)
  await page.getByRole('button', { name: 'Log in' }).click()
  await page.waitForURL(loopback)
}
