import type { IssuingCall } from '../spec/call.ts'
import type { Consent, ConsentRequest } from '../spec/consent.ts'
import { parseExpression } from '../spec/expression.ts'
import { serverVariables, withInputNames } from '../spec/server-variables.ts'
import type { IssuedScheme, Spec } from '../spec/spec.ts'
import type { AuthorKit } from './author-kit.ts'
import { shownSource } from './grant-source.ts'
import { type LifecycleCall, lifecycleCall } from './lifecycle-call.ts'
import { issuingMethod } from './provider-methods.ts'

/** The member `consent`: how a person is asked, and `member`, which exchanges the code. */
export function consentSource(
  exchange: LifecycleCall<IssuingCall>,
  { request, shown }: Consent,
  member: string,
): string {
  const { kit, spec, scheme } = exchange
  const show = lifecycleCall(kit, spec, scheme, 'show', shown)
  if (show !== undefined) {
    const members = [issuingMethod(show, shownSource(kit, show.call)), member]
    return `consent: ${kit.other('shownCode')}({ ${members.join(', ')} })`
  }
  if (request === undefined) throw new TypeError(`${scheme.name} asks no person: lint lets no such consent through`)
  const { scopes: _, ...scopes } = request.scopes
  const members = [
    `url: ${pageSource(kit, spec, request.url)}`,
    `clientId: ${clientIdSource(scheme, request.clientId)}`,
    ...(request.parameters === undefined ? [] : [`parameters: ${JSON.stringify(request.parameters)}`]),
    ...(Object.keys(scopes).length === 0 ? [] : [`scopes: ${JSON.stringify(scopes)}`]),
    `pkce: ${JSON.stringify(request.pkce)}`,
    ...issuerMember(kit, spec, request.issuer),
    // The hosts of tenants are one operator's; nothing is known of a server that is given as a URL.
    ...(serverVariables(spec).size === 0 ? [] : [`oneOperator: typeof options.server === 'string'`]),
    member,
  ]
  return `consent: ${kit.other('authorizationCode')}({ ${members.join(', ')} })`
}

/** Does the page depend on how the server was given? */
function isWhole(url: string): boolean {
  return !url.startsWith('/')
}

function pageSource(kit: AuthorKit, spec: Spec, url: string): string {
  const text = JSON.stringify(withInputNames(spec, url))
  return isWhole(url)
    ? `${kit.use('atServer')}(${url.includes('{') ? `tenant.url(${text})` : text}, options)`
    : `new URL(${JSON.stringify(url)}, server)`
}

function clientIdSource({ lifecycle }: IssuedScheme, text: string): string {
  const expression = parseExpression(text)
  if (expression.kind !== 'input') throw new TypeError(`${text} is not an input: lint lets no such value through`)
  const { name } = expression
  const fallback = lifecycle.inputs[name]?.default === undefined ? '' : ` = facts.inputs.${name}.default`
  return `({ ${name}${fallback} }) => ${name}`
}

/** An issuer of which nothing is known has nothing to compare. */
function issuerMember(kit: AuthorKit, spec: Spec, issuer: ConsentRequest['issuer']): readonly string[] {
  if (issuer === undefined || (issuer.url === undefined && issuer.inCallback === 'unknown')) return []
  const { url, inCallback } = issuer
  const source =
    url === undefined ? undefined : isWhole(url) ? pageSource(kit, spec, url) : `${pageSource(kit, spec, url)}.href`
  const address = source === undefined ? [] : [`url: ${source}`]
  return [`issuer: { ${[...address, `inCallback: ${JSON.stringify(inCallback)}`].join(', ')} }`]
}
