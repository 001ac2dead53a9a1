// J2: another machine, with nothing on it but the primary's kubeconfig.
import { addCluster, choose, giveCredentials, logIn, synced, unlock } from './lib/person.mjs'
import { journey } from './lib/world.mjs'

journey(
  'J2 a sealed view that carries its credentials opens with the passphrase alone',
  async ({ machine, kubeconfig }) => {
    const all = { c1: 'Ready', three: 'Ready', five: 'Ready' }
    const atOne = await kubeconfig('c1', 'j2-ana')
    const desk = await machine('desk')
    let screen = await desk.start()
    await logIn(screen, atOne)
    await screen.find('heading', 'How shall your view be kept?')
    await screen.accessible('how the view is kept')
    await choose(screen, { sealed: true, carry: true })
    await addCluster(screen, 'three', await kubeconfig('c3', 'j2-ana'))
    await addCluster(screen, 'five', await kubeconfig('c5', 'j2-ana'))
    await screen.fleet(all)
    await synced(screen)
    await desk.quit()

    const laptop = await machine('laptop')
    screen = await laptop.start()
    await logIn(screen, atOne)
    await screen.find('heading', 'Your view is sealed')
    await screen.accessible('the passphrase')
    await unlock(screen, 'not-the-passphrase-at-all-7')
    await screen.sees(/isn.t the passphrase/)
    await screen.accessible('a wrong passphrase')
    await unlock(screen)
    await screen.fleet(all)
    await synced(screen)

    // From now on the machine's own keychain opens it.
    await laptop.quit()
    screen = await laptop.start()
    await screen.fleet(all)
    await synced(screen)
  },
)

journey('J2 an open list without credentials asks for each kubeconfig once', async ({ machine, kubeconfig }) => {
  const desk = await machine('desk')
  let screen = await desk.start()
  const [one, three, five] = await Promise.all(['c1', 'c3', 'c5'].map((c) => kubeconfig(c, 'j2-ben')))
  await logIn(screen, one)
  await choose(screen, { sealed: false })
  await addCluster(screen, 'three', three)
  await addCluster(screen, 'five', five)
  await screen.fleet({ c1: 'Ready', three: 'Ready', five: 'Ready' })
  await synced(screen)
  await desk.quit()

  const laptop = await machine('laptop')
  screen = await laptop.start()
  await logIn(screen, one)
  await screen.fleet({ c1: 'Ready', three: 'Needs credentials', five: 'Needs credentials' })
  await screen.accessible('clusters that need credentials')
  await giveCredentials(screen, 'three', three)
  await screen.fleet({ c1: 'Ready', three: 'Ready', five: 'Needs credentials' })
  await giveCredentials(screen, 'five', five)
  await screen.fleet({ c1: 'Ready', three: 'Ready', five: 'Ready' })
  await laptop.quit()
  screen = await laptop.start()
  await screen.fleet({ c1: 'Ready', three: 'Ready', five: 'Ready' })
})
