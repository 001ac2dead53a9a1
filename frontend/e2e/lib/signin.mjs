// What a person does to reach a cluster by its address, and to sign in with an identity provider, in the words of the page.
import assert from 'node:assert/strict'
import { connect as dial } from 'node:tls'
import { browse } from './browser.mjs'

/** Where a sign-in shows how it goes. */
export const card = /^Sign-in with /

/** Types an address in where one is asked for, and waits for what is there. */
export async function lookUp(screen, address) {
  await screen.fill('textbox', 'Address of an API server or a T4K console', address)
  await screen.click('button', 'Look it up')
  await screen.find('group', 'How do you sign in?')
}

/** Compares the fingerprint that is shown with the one that an administrator reads off the server, and trusts it. */
export async function trust(screen, of, server) {
  const fingerprint = await fingerprintAt(server)
  const box = await screen.find('region', `The ${of}’s certificate`)
  const shown = await screen.text(box)
  assert.ok(shown.includes(fingerprint), `the fingerprint ${fingerprint} of the ${of} in: ${shown}`)
  await screen.click('checkbox', /^Trust this/, box)
}

/** The SHA-256 of a server's certificate. */
function fingerprintAt(server) {
  const { hostname: host, port } = new URL(server)
  return new Promise((resolve, reject) => {
    const socket = dial({ host, port: Number(port), rejectUnauthorized: false }, () => {
      resolve(socket.getPeerCertificate().fingerprint256.replaceAll(':', '').toLowerCase())
      socket.destroy()
    }).once('error', reject)
  })
}

/** Names the identity provider, for the server tells of none. */
export async function nameIssuer(screen, issuer) {
  await screen.unfold('Another identity provider')
  await screen.fill('textbox', 'Issuer', issuer.url)
  await screen.fill('textbox', 'Your client ID there', issuer.clientId)
  await screen.click('button', 'Find its ways')
  await screen.click('radio', issuer.host)
  await trust(screen, 'provider', issuer.url)
}

/** From the fleet to the way in by an address of one cluster and an identity provider, with both trusted. */
export async function goByAddress(screen, server, issuer) {
  await screen.click('button', 'Add clusters')
  await lookUp(screen, server)
  await trust(screen, 'server', server)
  await nameIssuer(screen, issuer)
}

/** Ends the session with an identity provider, in the panel of the sign-ins. */
export async function signOut(screen, issuer) {
  if ((await screen.all('complementary', 'Sign-ins')).length === 0) await screen.click('button', /Show the sign-ins$/)
  await screen.click('button', `Sign out of ${issuer.host}`)
  await screen.click('button', 'Sign out')
  await screen.gone('dialog', /^Sign out of /)
}

/** Signs in with the one session that is asked for: presses, does what a person does in the browser, and is signed in. */
export async function signIn(screen, desk, act) {
  await screen.click('button', /^Sign in to /)
  await finish(desk, act)
  await screen.sees('Signed in', 'region', card)
}

/** Does in the browser what the program has opened there; its last page says that it went well. */
export async function finish(desk, act) {
  assert.match(await browse(await desk.opener.next(), act), /You are signed in/)
}

/** Goes from a sign-in that is done to the member. */
export async function connect(screen, name) {
  await nameAndTest(screen, name)
  await screen.click('button', 'Connect 1 cluster')
  await screen.gone('dialog', 'Add clusters')
}

/** Connects a cluster whose provider one is signed in to already: its server gets that session only after a yes. */
export async function join(screen, name) {
  await screen.sees('then gets your token', 'region', card)
  await screen.click('button', /^Sign in to /)
  await screen.sees('Signed in', 'region', card)
  await connect(screen, name)
}

async function nameAndTest(screen, name) {
  await screen.click('button', 'Next')
  await screen.fill('textbox', /^Name of /, name)
  await screen.click('button', 'Next')
}
