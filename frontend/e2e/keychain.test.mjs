// A desktop without a keyring: the program says so, and goes on in memory only when it is told to.
import { choose, logIn } from './lib/person.mjs'
import { journey } from './lib/world.mjs'

journey('without a keychain nothing is kept, and memory serves for one run', async ({ machine, kubeconfig }) => {
  const one = await kubeconfig('c1', 'chain-ana')
  const desk = await machine('desk', { environment: { DESKTOP_KEYRING: 'none' } })
  let screen = await desk.start()
  await screen.sees('There is no keychain to keep credentials in')
  await screen.accessible('no keychain')
  // Without leave to use memory there is no way in.
  await logIn(screen, one)
  await screen.sees(/The keychain can.t be used/)
  await screen.find('heading', 'Which context do you log in with?')
  await screen.click('button', 'Keep them in memory for this run')
  await screen.sees('Secrets are kept in memory only')
  await screen.click('button', /^Log in to /)
  await choose(screen, { sealed: true, carry: false })
  await screen.fleet({ c1: 'Ready' })
  await screen.sees('Secrets are kept in memory only')
  await screen.accessible('memory only')
  await desk.quit()

  // The view is known, its credential is not.
  screen = await desk.start()
  await screen.sees(/keychain/i)
  await screen.fleet({ c1: 'Needs credentials' })
})
