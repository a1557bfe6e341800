import { type JsonObject, listIn, objectIn, stringIn } from '../../spec/json.ts'
import { follow } from '../../spec/references.ts'
import { clientInputs, type StandardChoices } from '../flows.ts'
import type { ClientMethod, Content, PlannedInput, PlannedServer, StandardTokens, Stated } from '../plan.ts'
import { fieldsOf } from './imported-schema.ts'
import { placeTokenUrl } from './place-token-url.ts'
import { isExample } from './servers-of.ts'
import { type TokenEndpoint, tokenEndpoints } from './token-endpoints.ts'

/** What another document says of tokens by the standard. */
export interface FoundStandard {
  readonly inputs: readonly PlannedInput[]
  readonly tokens: StandardTokens
  readonly servers: readonly PlannedServer[]
  readonly untold: readonly string[]
}

export interface StandardSearch {
  readonly document: JsonObject
  readonly tokens: StandardTokens
  readonly servers: readonly PlannedServer[]
  /** What the contributor has said wins. */
  readonly choices: StandardChoices
  readonly mark: string
}

/** Reads `securitySchemes.*.flows` first, and then the token endpoint, as far as the document describes it. */
export function findStandard({ document, tokens, servers, choices, mark }: StandardSearch): FoundStandard {
  const { flow, untold: missing } = flowOf(document, tokens.grant)
  const endpoints = tokenEndpoints(document)
  const written = stringIn(flow, 'tokenUrl')
  const named = written !== undefined && isExample(written) ? undefined : written
  const endpoint =
    endpoints.find(({ path }) => named?.endsWith(path)) ??
    endpoints.find(({ path, request }) => isStandard(path, request))
  const placed = placeTokenUrl(named ?? endpoint?.path, servers)
  const read = <T extends string>(value: T | undefined, other: Stated<T>): Stated<T> =>
    value === undefined ? other : { value, mark }
  const client = choices.client ?? clientOf(document, endpoint)
  const content: Content | undefined = choices.content ?? (endpoint?.request && endpoint.content)
  const isConsent = tokens.grant === 'authorizationCode'
  const hasVerifier = isConsent && fieldNames(endpoint?.request).includes('code_verifier')
  return {
    inputs: clientInputs(isConsent ? 'oauth-consent' : 'oauth', client ?? tokens.client.value),
    servers: placed.servers,
    tokens: {
      ...tokens,
      tokenUrl: read(placed.tokenUrl, tokens.tokenUrl),
      authorizationUrl: tokens.authorizationUrl && read(stringIn(flow, 'authorizationUrl'), tokens.authorizationUrl),
      refreshUrl: refreshUrlOf(flow, named, mark),
      revoke: revocationOf(document, placed.servers, mark),
      scopes: Object.fromEntries(
        Object.entries(objectIn(flow, 'scopes')).map(([scope, text]) => [scope, typeof text === 'string' ? text : '']),
      ),
      client: choices.client === undefined ? read(client, tokens.client) : tokens.client,
      content: choices.content === undefined ? read(content, tokens.content) : tokens.content,
      pkce: hasVerifier ? { value: 'supported', mark } : tokens.pkce,
    },
    untold: [
      ...missing,
      ...(named === undefined && placed.tokenUrl === undefined
        ? [
            `The token endpoint: ${written === undefined ? 'no flow and no POST names it' : `${written} is an example`}.`,
          ]
        : []),
      ...placed.untold,
      ...(named === undefined || endpoint === undefined || named.endsWith(endpoint.path)
        ? []
        : [`Which token endpoint holds: the flow names ${named}, and the document describes POST ${endpoint.path}.`]),
      ...(client === undefined
        ? ['How the client authenticates: neither a field nor a scheme of the token endpoint says it.']
        : []),
      ...(content === undefined ? ['Whether the token endpoint takes a form or JSON.'] : []),
      ...(isConsent && !hasVerifier ? ['Whether PKCE is supported.'] : []),
      ...answerOf(endpoint),
    ],
  }
}

/** The flow of the first scheme that has it. */
function flowOf(document: JsonObject, grant: StandardTokens['grant']): { flow: JsonObject; untold: readonly string[] } {
  const schemes = Object.values(objectIn(document['components'], 'securitySchemes')).map((scheme) =>
    follow(document, scheme),
  )
  const all = schemes.map((scheme) => objectIn(scheme, 'flows'))
  const found = all.find((flows) => flows[grant] !== undefined)
  if (found !== undefined) return { flow: objectIn(found, grant), untold: [] }
  const others = [...new Set(all.flatMap((flows) => Object.keys(flows)))]
  const other = OTHER_FLOW[grant]
  const hint = others.includes(other.grant) ? ` Begin with --flow ${other.flow} for that one.` : ''
  const has = others.length === 0 ? 'no scheme has flows' : `its schemes have ${others.join(', ')}`
  return { flow: {}, untold: [`The flow ${grant}: ${has}.${hint}`] }
}

const OTHER_FLOW = {
  clientCredentials: { grant: 'authorizationCode', flow: 'oauth-consent' },
  authorizationCode: { grant: 'clientCredentials', flow: 'oauth' },
} as const

/** RFC 6749 §4: every request to a token endpoint has a `grant_type`. */
function isStandard(path: string, request: JsonObject | undefined): boolean {
  return !/revo|introspect/i.test(path) && fieldNames(request).includes('grant_type')
}

function clientOf(document: JsonObject, endpoint: TokenEndpoint | undefined): ClientMethod | undefined {
  const names = listIn(endpoint?.operation, 'security').flatMap((all) => Object.keys(follow(document, all)))
  const schemes = objectIn(document['components'], 'securitySchemes')
  const isBasic = names.some((name) => /^basic$/i.test(stringIn(follow(document, schemes[name]), 'scheme') ?? ''))
  if (isBasic) return 'basic'
  return fieldNames(endpoint?.request).includes('client_secret') ? 'body' : undefined
}

function refreshUrlOf(flow: JsonObject, tokenUrl: string | undefined, mark: string): Stated | undefined {
  const url = stringIn(flow, 'refreshUrl')
  return url === undefined || url === tokenUrl ? undefined : { value: url, mark }
}

/** RFC 7009: a POST with the token that is to be revoked. */
function revocationOf(document: JsonObject, servers: readonly PlannedServer[], mark: string): Stated | undefined {
  const found = tokenEndpoints(document).find(
    ({ path, request }) => /revo/i.test(path) && fieldNames(request).includes('token'),
  )
  if (found === undefined) return undefined
  // The operation may have a server of its own.
  const own = stringIn(listIn(found.operation, 'servers')[0], 'url')
  const place = placeTokenUrl(own === undefined ? found.path : `${own}${found.path}`, servers)
  return place.tokenUrl === undefined ? undefined : { value: place.tokenUrl, mark }
}

/** What the answer has and lacks, compared with RFC 6749 §5.1. */
function answerOf(endpoint: TokenEndpoint | undefined): readonly string[] {
  if (endpoint?.answer === undefined) return ['What the token endpoint answers: the standard is assumed.']
  const names = fieldsOf(endpoint.answer).flatMap(({ name, pointer }) => (pointer.lastIndexOf('/') === 0 ? [name] : []))
  const more = names.filter((name) => !KNOWN.includes(name))
  return [
    ...(names.includes('expires_in') ? [] : ['When a token ends: the answer has no `expires_in`.']),
    ...(more.length > 0
      ? [`Whether callers need what the answer has besides: ${more.join(', ')} (\`meta\` keeps it).`]
      : []),
  ]
}

const KNOWN = ['access_token', 'token_type', 'expires_in', 'refresh_token', 'scope']

function fieldNames(request: JsonObject | undefined): readonly string[] {
  return Object.keys(objectIn(request, 'properties'))
}
