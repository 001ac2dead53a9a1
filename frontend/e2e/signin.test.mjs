// The other ways to sign in: by a code on another device, at OpenShift, and in place of what a kubeconfig wants run; and what
// becomes of a sign-in that goes wrong.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { atDex, atOpenShift, atProvider, browse } from './lib/browser.mjs'
import { choose, logIn, paste, synced } from './lib/person.mjs'
import { card, connect, goByAddress, join, lookUp, signIn, trust } from './lib/signin.mjs'
import { journey } from './lib/world.mjs'

journey('a browser, a code and OpenShift each sign one in, and what goes wrong does no harm', async (story) => {
  const { machine, kubeconfig, issuer, rig } = story
  const provider = await issuer('provider')
  const jane = provider.user('jane')
  const [developer] = rig.openshift.users
  story.secrets.push(developer.password)
  const desk = await machine('desk')
  const screen = await desk.start()
  await logIn(screen, await kubeconfig('c1', 'signin-ana'))
  await choose(screen, { sealed: true, carry: true })

  await goByAddress(screen, rig.clusters[3].server, provider)
  await screen.click('button', 'Go on with this way')
  await forged(screen, desk)
  await denied(screen, desk, jane)
  await signIn(screen, desk, atProvider(jane))
  await connect(screen, 'far')
  await screen.fleet({ c1: 'Ready', far: jane.username })
  const opened = desk.opener.opened().length

  await screen.click('button', 'Add clusters')
  await lookUp(screen, rig.clusters[1].server)
  await trust(screen, 'server', rig.clusters[1].server)
  await screen.click('radio', provider.host)
  await screen.unfold('Client, scopes and more')
  await screen.fill('textbox', 'Client ID', provider.deviceId)
  await screen.click('radio', 'By a code on another device')
  await screen.click('button', 'Go on with this way')
  await provider.to('visit', { user: 'jane', deny: true, ...(await code(screen)) })
  await screen.sees('The sign-in failed', 'region', card)
  await provider.to('visit', { user: 'jane', ...(await code(screen)) })
  await screen.sees('Signed in', 'region', card)
  await connect(screen, 'phone')
  await screen.fleet({ c1: 'Ready', far: 'Ready', phone: jane.username })
  assert.equal(desk.opener.opened().length, opened, 'a browser was opened for a code')

  const { server } = rig.clusters[4]
  await screen.click('button', 'Add clusters')
  await lookUp(screen, server)
  await screen.click('radio', 'OpenShift')
  await trust(screen, 'server', server)
  await trust(screen, 'provider', rig.openshift.url)
  await screen.accessible('OpenShift at an address')
  await screen.click('button', 'Go on with this way')
  await signIn(screen, desk, atOpenShift(developer))
  await connect(screen, 'shift')
  await screen.fleet({ c1: 'Ready', far: 'Ready', phone: 'Ready', shift: developer.username })
})

journey('a kubeconfig of kubelogin signs in natively, and nothing of it runs', async ({ machine, issuer }) => {
  const dex = await issuer('dex')
  const jane = dex.user('jane')
  const given = async (auth, cluster) => readFileSync((await dex.to('config', { auth, cluster })).kubeconfig, 'utf8')
  const desk = await machine('desk')
  const screen = await desk.start()
  await paste(screen, await given('kubelogin', 'c1'))
  await screen.click('button', 'Sign in natively instead')
  await screen.sees('Binnacle signs in natively')
  await screen.accessible('a conversion')
  await screen.click('button', /^Log in to /)
  await screen.find('heading', 'Sign in')
  await screen.accessible('a sign-in before the login')
  await signIn(screen, desk, atDex(jane))
  await screen.click('button', /^Log in to /)
  await choose(screen, { sealed: true, carry: true })
  await synced(screen)

  // The old way of the same provider needs no second sign-in.
  await screen.click('button', 'Add clusters')
  await paste(screen, await given('auth-provider', 'c4'))
  await screen.click('button', 'Sign in natively instead')
  await screen.click('button', 'Next')
  await screen.find('region', card)
  await join(screen, 'far')
  await screen.fleet({ c1: jane.username, far: jane.username })
  assert.equal(desk.opener.opened().length, 1)
})

/** Somebody else on this machine answers in the provider's place: they are sent away, and the sign-in goes on waiting. */
async function forged(screen, desk) {
  await screen.click('button', /^Sign in to /)
  const address = new URL(await desk.opener.next())
  await screen.sees('Waiting for your browser', 'region', card)
  await screen.accessible('waiting for the browser')
  const back = new URL(address.searchParams.get('redirect_uri'))
  back.search = new URLSearchParams({ code: 'stolen', state: 'guessed' })
  assert.equal((await fetch(back)).status, 400)
  await screen.sees('Waiting for your browser', 'region', card)
  await screen.click('button', /^Cancel the sign-in to /)
  await screen.sees('Needs you to sign in', 'region', card)
  await assert.rejects(fetch(back), 'the program still listens')
}

/** The person says no, in the browser. */
async function denied(screen, desk, user) {
  await screen.click('button', /^Sign in to /)
  assert.match(await browse(await desk.opener.next(), atProvider(user, { deny: true })), /You are not signed in/)
  await screen.sees('The sign-in failed', 'region', card)
  await screen.accessible('a sign-in that failed')
}

/** Asks for a code; answers it and where it is to be typed in. */
async function code(screen) {
  await screen.click('button', /^Sign in to /)
  const box = await screen.find('region', card)
  await screen.sees('type this code', 'region', card)
  await screen.accessible('a code for another device')
  const shown = await screen.text(box)
  return { address: shown.match(/https:\S+/)[0], code: shown.match(/\b[A-Z0-9]{4}-[A-Z0-9]{4}\b/)[0] }
}
