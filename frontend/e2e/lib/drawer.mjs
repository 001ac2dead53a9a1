// What a person does with one object, in the words of the page.

/** Opens a part of the drawer. */
export const part = (tab, name) => tab.click('tab', name)

/** Takes an entry of the drawer's menu. */
export async function act(tab, name, entry) {
  const drawer = await tab.find('complementary', `Details of ${name}`)
  await tab.click('button', `Actions for ${name}`, drawer)
  await tab.click('menuitem', entry)
}

/** The dialog that asks that; one that warns says so before. */
export const asked = (tab, title) =>
  tab.find('dialog', new RegExp(`^(Warning alert:)?\\s*${title.replaceAll(/[?.()]/g, '\\$&')}$`))

/** Answers the dialog of a change with the button that names the member, and waits until it is made. */
export async function confirm(tab, title, button) {
  const dialog = await asked(tab, title)
  await tab.click('button', button, dialog)
  await dialog.waitFor({ state: 'detached' })
}

/** Begins to edit, in the drawer of an object. */
export async function edit(tab, name) {
  await part(tab, 'YAML')
  await tab.click('button', 'Edit')
  return tab.find('textbox', `YAML of ${name}`)
}

/** Replaces the end of a line of the editor: what the line says now, how much of that goes, and what comes. */
export async function rewrite(tab, editor, line, gone, come) {
  await editor.getByText(line, { exact: true }).click()
  await tab.press('End')
  for (let i = 0; i < gone.length; i++) await tab.press('Backspace')
  await tab.type(come)
}

/** Reviews what was written, and answers what the page then shows. */
export async function review(tab) {
  await tab.click('button', 'Review')
  return tab.find('region', 'Review of your changes')
}
