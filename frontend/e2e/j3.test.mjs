// J3: another primary has another view; a view can be copied there.
import { act, addCluster, choose, logIn, rename, synced } from './lib/person.mjs'
import { journey } from './lib/world.mjs'

journey(
  'J3 another primary is another view, and nothing is lost by going there and back',
  async ({ machine, kubeconfig }) => {
    const mine = { c1: 'Ready', three: 'Ready', five: 'Ready' }
    const desk = await machine('desk')
    const screen = await desk.start()
    await logIn(screen, await kubeconfig('c1', 'j3-ana'))
    await choose(screen, { sealed: true, carry: true })
    await addCluster(screen, 'three', await kubeconfig('c3', 'j3-ana'))
    await addCluster(screen, 'five', await kubeconfig('c5', 'j3-ana'))
    await screen.fleet(mine)
    await synced(screen)

    await act(screen, 'three', 'Make primary…')
    await screen.accessible('make primary')
    await screen.click('button', 'Log in to three')
    await choose(screen, { sealed: false })
    await screen.fleet({ three: 'Ready' })
    await synced(screen)
    await addCluster(screen, 'four', await kubeconfig('c4', 'j3-ana'))
    await screen.fleet({ three: 'Ready', four: 'Ready' })
    await synced(screen)

    await switchTo(screen, 'c1')
    await screen.fleet(mine)
    await synced(screen)
    await rename(screen, 'five', 'fifth')
    await switchTo(screen, 'three')
    await screen.fleet({ three: 'Ready', four: 'Ready' })
    await switchTo(screen, 'c1')
    await screen.fleet({ c1: 'Ready', three: 'Ready', fifth: 'Ready' })
  },
)

journey('J3 a view is copied to another primary in one action', async ({ machine, kubeconfig }) => {
  const desk = await machine('desk')
  const screen = await desk.start()
  await logIn(screen, await kubeconfig('c1', 'j3-ben'))
  await choose(screen, { sealed: true, carry: true })
  await addCluster(screen, 'two', await kubeconfig('c2', 'j3-ben'))
  await addCluster(screen, 'five', await kubeconfig('c5', 'j3-ben'))
  await screen.fleet({ c1: 'Ready', two: 'Ready', five: 'Ready' })
  await act(screen, 'two', 'Copy this view to it…')
  await screen.click('button', 'Copy the view')
  await screen.sees('Copied this view to two')
  await screen.fleet({ c1: 'Ready', two: 'Ready', five: 'Ready' })

  await act(screen, 'two', 'Make primary…')
  await screen.click('button', 'Log in to two')
  await screen.find('button', /^Your view/)
  await screen.sees(/held by two/)
  await screen.fleet({ c1: 'Ready', two: 'Ready', five: 'Ready' })
  await synced(screen)

  // From then on each goes its own way.
  await rename(screen, 'five', 'fifth')
  await synced(screen)
  await switchTo(screen, 'c1')
  await screen.fleet({ c1: 'Ready', two: 'Ready', five: 'Ready' })
})

async function switchTo(screen, primary) {
  await screen.click('button', /^Your view/)
  await screen.accessible('sync panel')
  await screen.click('button', `Switch to ${primary}`)
  await screen.sees(new RegExp(`held by ${primary}`))
  await screen.click('button', 'Close: Sync')
}
