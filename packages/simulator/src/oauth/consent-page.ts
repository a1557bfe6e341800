/** What a person is asked. */
export interface ConsentQuestion {
  readonly clientId: string
  readonly scopes: readonly string[]
  readonly accounts: readonly string[]
}

/** The page that asks a person. Its form sends the answer to the address of the page, with its query. */
export const consentPage = ({ clientId, scopes, accounts }: ConsentQuestion): string =>
  page(
    'Simulated provider',
    `<p>The application <b>${escaped(clientId)}</b> wants to use your account:</p>
<ul>${scopes.map((scope) => `<li>${escaped(scope)}</li>`).join('')}</ul>
<form method="post">
<p><label>Account <select name="account">${accounts.map((name) => `<option>${escaped(name)}</option>`).join('')}</select></label></p>
<p><button name="decision" value="allow">Allow</button> <button name="decision" value="deny">Deny</button></p>
</form>`,
  )

/** The page of a request that leads nowhere. */
export const errorPage = (detail: string): string => page('This request is not valid', `<p>${escaped(detail)}</p>`)

const page = (title: string, content: string): string =>
  `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>${title}</title>
<h1>${title}</h1>
${content}
</html>
`

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
