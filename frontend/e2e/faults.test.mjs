// One member in trouble: its row says which, keeps what was known, and the others never notice.
import { act, addCluster, choose, logIn, synced } from './lib/person.mjs'
import { journey } from './lib/world.mjs'

journey('a member in trouble is told apart from the others, and comes back', async ({ machine, kubeconfig, rig }) => {
  const desk = await machine('desk')
  const screen = await desk.start()
  await logIn(screen, await kubeconfig('c1', 'faults-ana'))
  await choose(screen, { sealed: true, carry: true })
  await addCluster(screen, 'three', await kubeconfig('c3', 'faults-ana'))
  await addCluster(screen, 'far', await kubeconfig('c4', 'faults-ana', { proxy: true }))
  await screen.fleet({ c1: 'Ready', three: 'Ready', far: 'Ready' })
  await synced(screen)

  for (const [rule, state] of [
    [{ path: '/', status: 401 }, 'Sign in again'],
    [{ path: '/', status: 503 }, 'Unreachable'],
    [{ path: '/', cut: 'before' }, 'Unreachable'],
  ]) {
    const { fault } = await rig.command('c4', 'fault', { rule })
    await act(screen, 'far', 'Try now')
    await screen.fleet({ c1: 'Ready', three: 'Ready', far: state })
    // What is known of it stays.
    await screen.fleet({ c1: 'Ready', three: 'Ready', far: 'v1.36' })
    await rig.command('c4', 'unfault', { fault })
    await act(screen, 'far', 'Try now')
    await screen.fleet({ c1: 'Ready', three: 'Ready', far: 'Ready' })
  }

  await rig.command('c4', 'mode', { mode: 'silent' })
  await act(screen, 'far', 'Try now')
  await screen.fleet({ c1: 'Ready', three: 'Ready', far: 'Unreachable' })
  await act(screen, 'far', 'Show details')
  await screen.find('complementary', 'Details of far')
  await screen.accessible('details of an unreachable cluster')
  await rig.command('c4', 'mode', { mode: 'open' })
  // It comes back by itself.
  await screen.fleet({ c1: 'Ready', three: 'Ready', far: 'Ready' })
})
