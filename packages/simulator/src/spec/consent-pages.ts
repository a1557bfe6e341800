import { isJsonObject, type JsonObject, textIn } from '../json.ts'
import { authorizationEndpoint } from '../oauth/authorization-endpoint.ts'
import { createScopes } from '../oauth/scopes.ts'
import type { Route } from '../route.ts'
import type { Play } from './play.ts'
import { objectIn } from './read-spec.ts'
import type { SpecScheme } from './spec-scheme.ts'

/** The people who can agree. */
const PEOPLE = ['ana'] as const

/** The pages on which a person agrees: those of the common authorization server, with what the spec says of them. */
export const consentRoutes = (play: Play): readonly Route<string>[] => {
  const pages = new Map(play.facts.issued.flatMap((scheme) => pageOf(play, scheme)))
  return [...pages.values()].flat()
}

const pageOf = (play: Play, { lifecycle }: SpecScheme): readonly (readonly [string, readonly Route<string>[]])[] => {
  const consent = objectIn(lifecycle, 'consent')
  const { request, exchange } = consent
  if (!isJsonObject(request)) return []
  const { codes, accounts } = play
  const url = new URL(withoutVariables(textIn(request, 'url') ?? '/'), 'https://provider.simulator.test')
  // The page of a single-page application, whose route is in the fragment, asks its server itself.
  const path = url.hash.startsWith('#/') ? url.hash.slice(1) : url.pathname
  const parameters = [...url.searchParams.keys(), ...Object.keys(objectIn(request, 'parameters'))]
  const page = authorizationEndpoint({
    codes,
    accounts: PEOPLE,
    clients: { find: (clientId) => clientOf(accounts.list(), request, clientId) },
    scopes: scopesOf(objectIn(request, 'scopes')),
    grants: ['authorization_code'],
    pkce: pkceOf(textIn(request, 'pkce')),
    needsState: true,
    moreParameters: parameters,
    // A spec doesn't say where an application is registered to be.
    mayReturnTo: (redirectUri) => URL.canParse(redirectUri) && !redirectUri.includes('#'),
    issuer: () => issuerOf(play, objectIn(request, 'issuer')),
    callback: callbackOf(isJsonObject(exchange) ? objectIn(exchange, 'meta') : {}),
  })
  return [
    [
      path,
      [
        { operation: 'showConsent', method: 'GET', path, answer: page.ask },
        { operation: 'decideConsent', method: 'POST', path, answer: page.decide },
      ],
    ],
  ]
}

/** All hosts are at one address, so whose they are doesn't matter. */
const withoutVariables = (url: string): string => url.replace(/\{[^}]*\}/g, 'x')

/** The account whose input is the client's id. */
const clientOf = (
  accounts: readonly { readonly name: string; readonly inputs: Readonly<Record<string, string>> }[],
  request: JsonObject,
  clientId: string,
) => {
  const input = (textIn(request, 'clientId') ?? '').replace('$inputs.', '')
  const account = accounts.find(({ inputs }) => inputs[input] === clientId)
  return account && { clientId: account.name, methods: ['body'] as const, redirectUris: [], keys: [] }
}

const scopesOf = (facts: JsonObject) => {
  const { always } = facts
  const texts = Array.isArray(always) ? always.filter((one) => typeof one === 'string') : []
  const isDemanded = facts['demanded'] === true || texts.length > 0
  return createScopes({
    known: 'any',
    byDefault: isDemanded ? 'demanded' : [],
    separator: textIn(facts, 'separator') ?? ' ',
  })
}

const pkceOf = (pkce: string | undefined) =>
  pkce === 'required' || pkce === 'unsupported' ? pkce : ('supported' as const)

/** RFC 9207, where the provider is known to do it. */
const issuerOf = ({ address }: Play, issuer: JsonObject): string | undefined => {
  const url = textIn(issuer, 'url')
  if (issuer['inCallback'] !== 'always' || url === undefined) return undefined
  const { pathname } = new URL(withoutVariables(url), address())
  return pathname === '/' ? address().origin : new URL(pathname, address()).href
}

/** Fields of the callback that the exchange keeps. */
const callbackOf = (meta: JsonObject): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.values(meta).flatMap((value) => {
      const [, name] = typeof value === 'string' ? (/^\$callback\.([\w-]+)$/.exec(value) ?? []) : []
      return name === undefined ? [] : [[name, `simulated-${name}`]]
    }),
  )
