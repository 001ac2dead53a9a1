// What a person does to reach and to change their fleet, in the words of the page.
export const passphrase = 'correct-horse-battery-staple-42'

/** Pastes a kubeconfig where one is asked for. */
export async function paste(screen, kubeconfig) {
  await screen.click('button', /^Paste/)
  await screen.fill('textbox', 'Kubeconfig', kubeconfig)
  await screen.click('button', 'Read it')
}

/** Pastes a kubeconfig of one context on the welcome and logs in with it. */
export async function logIn(screen, kubeconfig) {
  await paste(screen, kubeconfig)
  await screen.click('button', /^Log in to /)
}

/** Answers how the new view shall lie on the primary. */
export async function choose(screen, { sealed, carry = false }) {
  await screen.find('heading', 'How shall your view be kept?')
  if (!sealed) await screen.click('radio', /^Open list/)
  await screen.tick('checkbox', /^Carry my clusters/, carry)
  if (sealed || carry) {
    await screen.fillPassword('New passphrase', passphrase)
    await screen.fillPassword('New passphrase again', passphrase)
  }
  await screen.click('button', sealed ? 'Make a sealed view' : 'Make an open list')
}

export async function unlock(screen, words = passphrase) {
  await screen.find('heading', 'Your view is sealed')
  await screen.fillPassword('Passphrase', words)
  await screen.click('button', 'Unlock')
}

export async function synced(screen) {
  await screen.find('button', /^Your view: Synced/)
}

/** Adds a kubeconfig of one context under a name, once it was tested, or as it is when it can't be reached. */
export async function addCluster(screen, name, kubeconfig, { reachable = true } = {}) {
  await screen.click('button', 'Add clusters')
  await paste(screen, kubeconfig)
  await screen.click('button', 'Next')
  await screen.fill('textbox', /^Name of /, name)
  await screen.click('button', 'Next')
  await screen.click('button', reachable ? 'Connect 1 cluster' : 'Save anyway')
  await screen.gone('dialog', 'Add clusters')
}

/** Opens a row's menu and takes an entry of it. */
export async function act(screen, cluster, entry) {
  await screen.click('button', `Actions for ${cluster}`)
  await screen.click('menuitem', entry)
}

/** Has clusters looked at now, one after the other. */
export async function tryNow(screen, ...clusters) {
  for (const cluster of clusters) await act(screen, cluster, 'Try now')
}

/** Gives a cluster the kubeconfig that it needs, through its row. */
export async function giveCredentials(screen, cluster, kubeconfig) {
  await act(screen, cluster, 'Replace credentials…')
  await paste(screen, kubeconfig)
  await screen.click('button', 'Next')
  await screen.click('button', 'Replace credentials')
  await screen.gone('dialog', /^Replace the credentials/)
}

export async function rename(screen, from, to) {
  await act(screen, from, 'Edit…')
  await screen.fill('textbox', 'Name', to)
  await screen.click('button', 'Save')
  await screen.gone('dialog', /^Edit /)
}

/** What Ctrl+V brings into the box for a kubeconfig. */
export async function pasted(screen) {
  await screen.click('button', 'Add clusters')
  await screen.click('button', /^Paste/)
  const box = await screen.find('textbox', 'Kubeconfig')
  await screen.clickElement(box)
  await screen.press('Control', 'v')
  let text = ''
  await screen.until('the pasted text', async () => {
    text = await screen.driver.run('(e) => e.value', box)
    return text !== ''
  })
  await screen.press('Escape')
  await screen.click('button', 'Leave')
  await screen.gone('dialog', 'Add clusters')
  return text
}
