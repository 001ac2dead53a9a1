// J4: members that an identity provider signs in to: OIDC by Dex, with LDAP behind it, in the person's own browser.
import assert from 'node:assert/strict'
import { atDex } from './lib/browser.mjs'
import { addCluster, choose, logIn, synced, tryNow } from './lib/person.mjs'
import { card, connect, finish, join, lookUp, nameIssuer, signIn, signOut, trust } from './lib/signin.mjs'
import { journey } from './lib/world.mjs'

journey('J4 a member is added by its address and signs in by Dex', async ({ machine, kubeconfig, issuer, rig }) => {
  const dex = await issuer('dex')
  const jane = dex.user('jane')
  await dex.to('life', { life: { token: 10 } })
  const ana = await machine('ana')
  const screen = await ana.start()
  await logIn(screen, await kubeconfig('c1', 'j4-ana'))
  await choose(screen, { sealed: true, carry: true })
  await addCluster(screen, 'three', await kubeconfig('c3', 'j4-ana'))
  await screen.fleet({ c1: 'Ready', three: 'Ready' })

  await screen.click('button', 'Add clusters')
  await screen.accessible('sources with an address')
  await lookUp(screen, rig.clusters[3].server.replace('https://', ''))
  await screen.accessible('what is at an address')
  await trust(screen, 'server', rig.clusters[3].server)
  await nameIssuer(screen, dex)
  await screen.click('radio', 'LDAP')
  await screen.accessible('an identity provider')
  await screen.click('button', 'Go on with this way')
  await screen.find('region', card)
  await screen.accessible('a sign-in that waits')
  await signIn(screen, ana, atDex(jane))
  await connect(screen, 'far')
  const live = { c1: 'Ready', three: 'Ready', far: 'Ready' }
  await screen.fleet(live)
  await screen.fleet({ ...live, far: jane.username })
  await synced(screen)

  // The token is renewed by itself, again and again, and no browser comes.
  await screen.watch(['c1', 'three', 'far'])
  const begun = await dex.grants('refresh_token')
  for (const n of [1, 2, 3, 4])
    await screen.until(`${n} renewals`, async () => (await dex.grants('refresh_token')) >= begun + n)
  assert.deepEqual(await screen.changes(), [])
  assert.equal(ana.opener.opened().length, 1)

  // Another member of that provider takes the session that is there, once the person gives it.
  await screen.click('button', 'Add clusters')
  await lookUp(screen, rig.clusters[1].server)
  await screen.click('radio', dex.host)
  await trust(screen, 'server', rig.clusters[1].server)
  await screen.click('button', 'Go on with this way')
  await screen.find('region', card)
  await join(screen, 'two')
  const all = { ...live, far: 'Ready', two: 'Ready' }
  await screen.fleet(all)
  assert.equal(ana.opener.opened().length, 1, 'a browser was opened for a session that is there')

  // The provider is gone, and the token with it: that is no reason to sign in again.
  await screen.watch(['c1', 'three'])
  await dex.to('stop')
  try {
    await screen.click('button', /Show the sign-ins$/)
    await screen.sees('The token in use ends')
    await screen.until('the end of the token', async () => !(await screen.text()).includes('The token in use ends'))
    await screen.click('button', 'Close: Sign-ins')
    await tryNow(screen, 'far', 'two')
    await screen.fleet({ ...all, far: away(dex), two: away(dex) })
    await screen.accessible('a provider that is gone')
  } finally {
    await dex.to('start')
  }
  await screen.fleet(all)

  // The session was revoked: only the person can get a new one, with one sign-in for both.
  assert.ok((await dex.to('revoke', { user: 'jane' })).count > 0)
  await screen.sees('1 sign-in needed')
  await tryNow(screen, 'far', 'two')
  await screen.fleet({ ...all, far: 'Sign in again', two: 'Sign in again' })
  await screen.accessible('a session that has ended')
  assert.equal(ana.opener.opened().length, 1, 'a browser was opened unasked')
  await screen.click('button', 'Sign in: far')
  await finish(ana, atDex(jane))
  await screen.fleet(all)
  assert.equal(ana.opener.opened().length, 2)

  await signOut(screen, dex)
  await screen.fleet({ ...all, far: 'Sign in again', two: 'Sign in again' })
  assert.deepEqual(await screen.changes(), [], 'the other members')
  await dex.to('life')
})

const away = (issuer) => new RegExp(`Unreachable.*${issuer.host}`, 's')
