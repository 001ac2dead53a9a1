// J5: the clusters can't be reached; two machines change one view meanwhile.
import { act, addCluster, choose, logIn, rename, synced, unlock } from './lib/person.mjs'
import { journey } from './lib/world.mjs'

const clusters = ['c1', 'c2', 'c3', 'c4', 'c5']
const down = (rig, ...names) => Promise.all(names.map((c) => rig.command(c, 'stop')))
const up = (rig, ...names) => Promise.all(names.map((c) => rig.command(c, 'start')))

journey(
  'J5 the view is there at once, and can be changed, while no cluster answers',
  async ({ machine, kubeconfig, rig }) => {
    const desk = await machine('desk')
    let screen = await desk.start()
    await logIn(screen, await kubeconfig('c1', 'j5-ana'))
    await choose(screen, { sealed: true, carry: true })
    await addCluster(screen, 'three', await kubeconfig('c3', 'j5-ana'))
    await screen.fleet({ c1: 'Ready', three: 'Ready' })
    await synced(screen)
    const five = await kubeconfig('c5', 'j5-ana')
    await desk.quit()

    await down(rig, ...clusters)
    try {
      screen = await desk.start()
      const begun = Date.now()
      // What was known of them is shown, with its age, before anybody has answered or refused.
      await screen.fleet({ c1: 'v1.36', three: 'v1.36' })
      await screen.fleet({ c1: 'Unreachable', three: 'Unreachable' })
      console.log(`    all unreachable after ${Date.now() - begun} ms`)
      await screen.find('button', /^Your view: Saved here only/)
      await screen.accessible('offline')
      await addCluster(screen, 'five', five, { reachable: false })
      await rename(screen, 'three', 'third')
      await screen.fleet({ c1: 'Unreachable', third: 'Unreachable', five: 'Unreachable' })
      await desk.kill()
      screen = await desk.start()
      await screen.fleet({ c1: 'Unreachable', third: 'Unreachable', five: 'Unreachable' })
    } finally {
      await up(rig, ...clusters)
    }
    await screen.fleet({ c1: 'Ready', third: 'Ready', five: 'Ready' })
    await synced(screen)
    await desk.quit()

    const laptop = await machine('laptop')
    screen = await laptop.start()
    await logIn(screen, await kubeconfig('c1', 'j5-ana'))
    await unlock(screen)
    await screen.fleet({ c1: 'Ready', third: 'Ready', five: 'Ready' })
  },
)

journey('J5 a view begins on this machine when its primary does not answer', async ({ machine, kubeconfig, rig }) => {
  const one = await kubeconfig('c1', 'j5-eve')
  const desk = await machine('desk')
  const screen = await desk.start()
  await down(rig, 'c1')
  try {
    await logIn(screen, one)
    await screen.click('button', 'Start here without it')
    await choose(screen, { sealed: true, carry: true })
    await screen.fleet({ c1: 'Unreachable' })
    await screen.find('button', /^Your view: Saved here only/)
  } finally {
    await up(rig, 'c1')
  }
  await screen.fleet({ c1: 'Ready' })
  await synced(screen)
})

journey('J5 two machines that changed one view meanwhile lose nothing', async ({ machine, kubeconfig, rig }) => {
  const one = await kubeconfig('c1', 'j5-ben')
  const desk = await machine('desk')
  const laptop = await machine('laptop')
  let atDesk = await desk.start()
  await logIn(atDesk, one)
  await choose(atDesk, { sealed: true, carry: true })
  await addCluster(atDesk, 'three', await kubeconfig('c3', 'j5-ben'))
  await addCluster(atDesk, 'five', await kubeconfig('c5', 'j5-ben'))
  await atDesk.fleet({ c1: 'Ready', three: 'Ready', five: 'Ready' })
  await synced(atDesk)
  let atLaptop = await laptop.start()
  await logIn(atLaptop, one)
  await unlock(atLaptop)
  await atLaptop.fleet({ c1: 'Ready', three: 'Ready', five: 'Ready' })
  // One machine's edit shows on the other within seconds.
  await rename(atDesk, 'five', 'fifth')
  await atLaptop.fleet({ c1: 'Ready', three: 'Ready', fifth: 'Ready' })
  await synced(atLaptop)

  await down(rig, 'c1')
  try {
    await rename(atDesk, 'fifth', 'desk-five')
    await addCluster(atDesk, 'four', await kubeconfig('c4', 'j5-ben'))
    await rename(atLaptop, 'fifth', 'laptop-five')
    await rename(atLaptop, 'three', 'third')
    await desk.quit()
    await laptop.quit()
  } finally {
    await up(rig, 'c1')
  }

  atDesk = await desk.start()
  await atDesk.fleet({ c1: 'Ready', three: 'Ready', 'desk-five': 'Ready', four: 'Ready' })
  await synced(atDesk)
  atLaptop = await laptop.start()
  // Both machines' edits are there; where they clash, what the primary had first is in force.
  await atLaptop.fleet({ c1: 'Ready', third: 'Ready', 'desk-five': 'Ready', four: 'Ready' })
  await atLaptop.click('button', /^Your view: 1 conflict/)
  await atLaptop.find('heading', 'desk-five: name')
  await atLaptop.sees(/On this machine\s+laptop-five\s+In the view\s+desk-five/)
  await atLaptop.accessible('a conflict')
  await atLaptop.click('button', /^Keep mine .*laptop-five$/)
  await synced(atLaptop)
  await atLaptop.fleet({ c1: 'Ready', third: 'Ready', 'laptop-five': 'Ready', four: 'Ready' })
  await atDesk.fleet({ c1: 'Ready', third: 'Ready', 'laptop-five': 'Ready', four: 'Ready' })
  await act(atDesk, 'third', 'Show details')
})
