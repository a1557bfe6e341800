import { didYouMean } from '../lint/did-you-mean.ts'
import type { Problem } from '../lint/problem.ts'
import { type JsonObject, type KeyPath, listIn, objectIn, stringIn } from '../spec/json.ts'
import type { StandardLifecycle } from '../spec/lifecycle.ts'

/** A flow that can be written out. */
export interface Flow {
  /** Of the token endpoint, below the servers. */
  readonly path: string
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
  if (facts.client !== 'body' && objectIn(document['components'], 'securitySchemes')['oauthClient'] !== undefined) {
    const sentence = '`standard` writes this scheme itself. Give yours another name.'
    return [{ at: ['components', 'securitySchemes', 'oauthClient'], sentence }]
  }
  const flows = objectIn(scheme, 'flows')
  const others = Object.keys(flows).filter((name) => name !== 'clientCredentials')
  if (others.length > 0) {
    return others.map((name) => ({
      at: [...at, 'flows', name],
      sentence: `The generator does not write the flow \`${name}\` out. One of \`clientCredentials\` is written.`,
    }))
  }
  if (flows['clientCredentials'] === undefined) {
    return [
      { at: [...at, 'flows'], sentence: '`clientCredentials` is missing: without a flow there is no token endpoint.' },
    ]
  }
  const flow = objectIn(flows, 'clientCredentials')
  const place = [...at, 'flows', 'clientCredentials']
  if (flow['refreshUrl'] !== undefined) {
    const sentence = 'Client credentials have no refresh token (RFC 6749 §4.4.3), so nothing would be sent there.'
    return [{ at: [...place, 'refreshUrl'], sentence }]
  }
  const unknown = unknownScopes(flow, facts)
  if (unknown.length > 0) {
    const known = Object.keys(objectIn(flow, 'scopes'))
    return unknown.map((scope) => ({
      at: [...at, 'x-token-lifecycle', 'scopes', 'always'],
      sentence: `\`${scope}\` is not one of the flow's \`scopes\`.`,
      suggest: didYouMean(scope, known),
    }))
  }
  const located = pathOf(document, stringIn(flow, 'tokenUrl') ?? '')
  if ('sentence' in located) return [{ at: [...place, 'tokenUrl'], sentence: located.sentence }]
  return located
}

/** Where the flow lists what exists, what is asked for is in that list. */
function unknownScopes(flow: JsonObject, { scopes }: StandardLifecycle): readonly string[] {
  const known = Object.keys(objectIn(flow, 'scopes'))
  return known.length === 0 ? [] : (scopes?.always ?? []).filter((scope) => !known.includes(scope))
}

/** The path below the servers: of a URL that begins with `/`, or that is below the only one. */
function pathOf(document: JsonObject, url: string): Flow | { readonly sentence: string } {
  const urls = [...new Set(listIn(document, 'servers').map((server) => stringIn(server, 'url') ?? ''))]
  const isRelative = /^\/[^\s{}#?]+$/.test(url)
  if (!isRelative && !/^https:\/\/[^\s{}#?]+$/.test(url)) {
    return { sentence: `\`${url}\` is neither an https URL nor a path that begins with \`/\`.` }
  }
  const path = isRelative ? url : below(urls, url)
  if (isRelative && urls.some((one) => /^https:\/\/[^/]+\/./.test(one))) {
    return { sentence: 'A server has a path, so this could be read in two ways. Write the whole URL.' }
  }
  if (path === undefined) {
    return urls.length > 1
      ? { sentence: 'Of several servers each has its own token endpoint. Write the path, which begins with `/`.' }
      : { sentence: 'The token endpoint is on another host than the server, which the generator does not write.' }
  }
  if (objectIn(document, 'paths')[path] !== undefined) {
    return { sentence: `The document has \`${path}\` already. Remove it: \`standard\` writes it.` }
  }
  return { path }
}

function below([only, ...others]: readonly string[], url: string): string | undefined {
  const base = only?.replace(/\/$/, '')
  return others.length === 0 && base !== undefined && url.startsWith(`${base}/`) ? url.slice(base.length) : undefined
}
