import { didYouMean } from '../spec/did-you-mean.ts'
import { type JsonObject, type KeyPath, objectIn, stringIn } from '../spec/json.ts'
import type { StandardLifecycle } from '../spec/lifecycle.ts'
import type { Problem } from '../spec/problem.ts'
import { checkClient } from './check-client.ts'
import { type Endpoint, locateEndpoint } from './locate-endpoint.ts'

/** An endpoint, and where its URL is written. */
export interface WrittenEndpoint extends Endpoint {
  readonly from: KeyPath
}

/** A flow that can be written out. */
export interface Flow {
  readonly kind: FlowKind
  /** Of the flow. */
  readonly at: KeyPath
  /** The page that asks a person. */
  readonly authorizationUrl: string | undefined
  readonly token: WrittenEndpoint
  /** Where refresh tokens are sent, if there are any. */
  readonly refresh: WrittenEndpoint | undefined
  readonly revoke: WrittenEndpoint | undefined
}

type FlowKind = 'clientCredentials' | 'authorizationCode'

// The words that mean something in one flow only.
const WORDS_OF: Readonly<Record<FlowKind, readonly string[]>> = {
  clientCredentials: ['repeat'],
  authorizationCode: ['refreshToken', 'pkce', 'issuer', 'dead', 'authorization'],
}

/** The flow of a scheme, or why it cannot be written out. Nothing that is written is ignored. */
export function checkFlow(
  document: JsonObject,
  scheme: JsonObject,
  facts: StandardLifecycle,
  at: KeyPath,
): Flow | readonly Problem[] {
  if (scheme['type'] !== 'oauth2') {
    return [{ at: [...at, 'type'], sentence: '`standard: oauth2` is for a scheme `type: oauth2` with its `flows`.' }]
  }
  const kind = kindOf(objectIn(scheme, 'flows'), [...at, 'flows'])
  if (typeof kind !== 'string') return kind
  const flow = objectIn(objectIn(scheme, 'flows'), kind)
  const place = [...at, 'flows', kind]
  const problems = [
    ...checkClient(document, kind, facts, [...at, 'x-token-lifecycle']),
    ...checkWords(kind, facts, [...at, 'x-token-lifecycle']),
    ...checkScopes(flow, facts, [...at, 'x-token-lifecycle']),
    ...checkUrls(kind, flow, facts, place),
  ]
  if (problems.length > 0) return problems
  const refreshUrl = stringIn(flow, 'refreshUrl')
  const token = endpoint(document, stringIn(flow, 'tokenUrl') ?? '', [...place, 'tokenUrl'], true)
  const isSame = refreshUrl === undefined || refreshUrl === stringIn(flow, 'tokenUrl')
  const refresh = isSame ? token : endpoint(document, refreshUrl, [...place, 'refreshUrl'], true)
  const revokeAt = [...at, 'x-token-lifecycle', 'revoke', 'url']
  const revoke = facts.revoke && endpoint(document, facts.revoke.url, revokeAt, false)
  const mistaken = [token, refresh, revoke].flatMap((one) => (one !== undefined && 'sentence' in one ? [one] : []))
  if (!('path' in token) || !('path' in refresh) || (revoke && !('path' in revoke))) return [...new Set(mistaken)]
  const authorizationUrl = stringIn(flow, 'authorizationUrl')
  return { kind, at: place, authorizationUrl, token, refresh: facts.refreshToken && refresh, revoke }
}

function kindOf(flows: JsonObject, at: KeyPath): FlowKind | readonly Problem[] {
  const names = Object.keys(flows)
  const others = names.filter((name) => name !== 'clientCredentials' && name !== 'authorizationCode')
  if (others.length > 0) {
    return others.map((name) => ({
      at: [...at, name],
      sentence: `The generator does not write the flow \`${name}\` out. \`clientCredentials\` and \`authorizationCode\` are written.`,
    }))
  }
  const [kind] = names
  if (kind !== 'clientCredentials' && kind !== 'authorizationCode') {
    const sentence = '`clientCredentials` or `authorizationCode` is missing: without a flow there is no token endpoint.'
    return [{ at, sentence }]
  }
  if (names.length === 1) return kind
  const sentence =
    'A token of the application and a token of a person are two schemes: with a dead refresh token calls would act as the application, not as the person.'
  return [{ at, sentence }]
}

function checkWords(kind: FlowKind, facts: StandardLifecycle, at: KeyPath): readonly Problem[] {
  const isOfApplication = kind === 'clientCredentials'
  const wrong = WORDS_OF[isOfApplication ? 'authorizationCode' : 'clientCredentials'].filter((word) => word in facts)
  const whose = isOfApplication ? 'Client credentials ask no person' : 'A code is exchanged once'
  const callbacks = Object.entries(facts.meta ?? {}).filter(([, text]) => text.startsWith('$callback'))
  return [
    ...wrong.map((word) => ({ at: [...at, word], sentence: `${whose}, so \`${word}\` means nothing here.` })),
    ...(isOfApplication && facts.repeat === undefined ? [{ at, sentence: '`repeat` is missing.' }] : []),
    ...(isOfApplication
      ? callbacks.map(([name]) => ({ at: [...at, 'meta', name], sentence: 'Client credentials have no callback.' }))
      : []),
  ]
}

/** Where the flow lists what exists, what is asked for is in that list. */
function checkScopes(flow: JsonObject, { scopes }: StandardLifecycle, at: KeyPath): readonly Problem[] {
  const known = Object.keys(objectIn(flow, 'scopes'))
  const unknown = known.length === 0 ? [] : (scopes?.always ?? []).filter((scope) => !known.includes(scope))
  return unknown.map((scope) => ({
    at: [...at, 'scopes', 'always'],
    sentence: `\`${scope}\` is not one of the flow's \`scopes\`.`,
    suggest: didYouMean(scope, known),
  }))
}

function checkUrls(kind: FlowKind, flow: JsonObject, facts: StandardLifecycle, at: KeyPath): readonly Problem[] {
  const hasRefreshUrl = flow['refreshUrl'] !== undefined
  if (kind === 'clientCredentials') {
    const sentence = 'Client credentials have no refresh token (RFC 6749 §4.4.3), so nothing would be sent there.'
    return hasRefreshUrl ? [{ at: [...at, 'refreshUrl'], sentence }] : []
  }
  const sentence = 'Nothing would be sent there: say under `refreshToken` when it ends, and whether it is replaced.'
  return [
    ...(flow['authorizationUrl'] === undefined ? [{ at, sentence: '`authorizationUrl` is missing.' }] : []),
    ...(hasRefreshUrl && facts.refreshToken === undefined ? [{ at: [...at, 'refreshUrl'], sentence }] : []),
  ]
}

function endpoint(document: JsonObject, url: string, from: KeyPath, isOfEach: boolean): WrittenEndpoint | Problem {
  const located = locateEndpoint(document, url, { isOfEach })
  return 'path' in located ? { ...located, from } : { at: from, sentence: located.sentence }
}
