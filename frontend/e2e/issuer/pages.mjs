// The pages that a person sees. Plain: nothing is fetched from elsewhere, and a test walks the forms by their fields.
const escapes = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const text = (value) => String(value).replace(/[&<>"']/g, (char) => escapes[char])

const page = (title, body) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>${text(title)}</title>
<style>body { font: 16px sans-serif; max-width: 24rem; margin: 4rem auto } label, button { display: block; margin: 1rem 0 }</style>
<h1>${text(title)}</h1>
${body}
</html>`

const cancel = '<form method="post"><button name="approval" value="rejected">Cancel</button></form>'

/** Asks for name and password; `wrong` says that those just given weren't right. */
export const login = (wrong) =>
  page(
    'Sign in',
    `${wrong ? '<p role="alert">Wrong name or password.</p>' : ''}
<form method="post">
  <label>Name <input name="login" autocomplete="username" required autofocus></label>
  <label>Password <input name="password" type="password" autocomplete="current-password" required></label>
  <button>Sign in</button>
</form>
${cancel}`,
  )

/** Asks whether the program may have what it asks for. */
export const consent = (client, scopes) =>
  page(
    `${client} asks for access`,
    `<ul>${scopes.map((scope) => `<li>${text(scope)}</li>`).join('')}</ul>
<form method="post"><button name="approval" value="approve">Allow</button></form>
${cancel}`,
  )

/** Asks for the code that a device shows. `form` is the provider's own, with its token against forgery. */
export const deviceCode = (form, wrong) =>
  page(
    'Enter the code',
    `${wrong ? '<p role="alert">That code is unknown, used or too old.</p>' : ''}${form}
<button form="op.deviceInputForm">Continue</button>`,
  )

export const deviceConfirm = (form, client, code) =>
  page(
    'Sign in on a device',
    `<p>${text(client)} shows this code: <code>${text(code)}</code></p>${form}
<button form="op.deviceConfirmForm">Continue</button>
<button form="op.deviceConfirmForm" name="abort" value="yes">Cancel</button>`,
  )

export const deviceDone = () => page('Signed in', '<p>You can close this page and go back to the device.</p>')
