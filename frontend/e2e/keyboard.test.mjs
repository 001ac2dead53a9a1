// The first run by the keyboard alone: nothing is clicked, nothing is found but by the keys.

import { passphrase } from './lib/person.mjs'
import { journey } from './lib/world.mjs'

journey('a first run needs no mouse', async ({ machine, kubeconfig, rig }) => {
  const desk = await machine('desk')
  // The kubeconfigs come as "open with" brings them.
  await kubeconfig('c1', 'keys-ana')
  await kubeconfig('c3', 'keys-ana')
  const one = await rig.kubeconfigFile('c1', 'keys-ana')
  const three = await rig.kubeconfigFile('c3', 'keys-ana')
  const screen = await desk.start(one, three)
  const to = (role, name) => tabTo(screen, role, name)
  await screen.find('heading', 'Which context do you log in with?')
  await to('grid', 'Contexts')
  await screen.press('ArrowDown')
  await screen.press(' ')
  await to('button', /^Log in to c1 and connect 1 more/)
  await screen.press('Enter')

  await screen.find('heading', 'How shall your view be kept?')
  await to('textbox', 'New passphrase')
  await type(screen, passphrase)
  await to('textbox', 'New passphrase again')
  await type(screen, passphrase)
  await screen.press('Enter')
  await screen.fleet({ c1: 'Ready', c3: 'Ready' })

  await to('row', 'c1')
  await screen.press('ArrowDown')
  await focused(screen, 'row', 'c3')
  await screen.press('.')
  await focused(screen, 'menuitem', 'Show details')
  await screen.press('e')
  await focused(screen, 'menuitem', 'Edit…')
  await screen.press('Enter')
  await focused(screen, 'textbox', 'Name')
  await screen.press('Control', 'a')
  await type(screen, 'third')
  await screen.press('Enter')
  await screen.fleet({ c1: 'Ready', third: 'Ready' })
  await focused(screen, 'row', 'third')

  await screen.press('Delete')
  await screen.find('dialog', /Remove third/)
  await to('button', 'Remove third')
  await screen.press('Enter')
  await screen.fleet({ c1: 'Ready' })
  await focused(screen, 'row', 'c1')
  await screen.press('Control', 'z')
  await screen.fleet({ c1: 'Ready', third: 'Ready' })
})

/** Presses Tab until something has the focus, once around the page at most. */
async function tabTo(screen, role, name) {
  for (let i = 0; i < 60; i++) {
    if (await isFocused(screen, role, name)) return
    await screen.press('Tab')
  }
  throw new Error(`Tab does not come to ${role} ${name}; the focus is on ${await where(screen)}`)
}

async function focused(screen, role, name) {
  await screen.until(`the focus on ${role} ${name}`, () => isFocused(screen, role, name))
}

async function isFocused(screen, role, name) {
  const found = role === 'textbox' ? await screen.fields(name) : await screen.all(role, name)
  for (const one of found) if (await screen.driver.run('(e) => e === document.activeElement', one)) return true
  return false
}

const where = (screen) => screen.driver.run('() => document.activeElement.outerHTML.slice(0, 300)')

async function type(screen, text) {
  for (const character of text) await screen.press(character)
}
