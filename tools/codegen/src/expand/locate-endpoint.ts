import { type JsonObject, listIn, objectIn, stringIn } from '../spec/json.ts'
import { whyNoUrl } from '../spec/why-no-url.ts'

/** Where an endpoint is in the document. */
export interface Endpoint {
  readonly path: string
  /** Where it is on another host than the document's servers: one for each of their names. */
  readonly servers?: readonly JsonObject[]
}

/**
 * The path of a URL below the servers, or with servers of its own. `isOfEach`: each server has an endpoint of its own, so
 * of several a whole URL could mean only one.
 */
export function locateEndpoint(
  document: JsonObject,
  url: string,
  { isOfEach }: { readonly isOfEach: boolean },
): Endpoint | { readonly sentence: string } {
  const servers = listIn(document, 'servers').map((server) => ({
    url: stringIn(server, 'url') ?? '',
    'x-name': stringIn(server, 'x-name') ?? '',
  }))
  const sentence =
    whyNoUrl(servers, url) ?? (url.includes('?') ? `\`${url}\` has a query, which a path cannot have.` : undefined)
  if (sentence !== undefined) return { sentence }
  const located = below(servers, url, isOfEach)
  if ('path' in located && objectIn(document, 'paths')[located.path] !== undefined) {
    return { sentence: `The document has \`${located.path}\` already. Remove it: \`standard\` writes it.` }
  }
  return located
}

interface WrittenServer extends JsonObject {
  readonly url: string
  readonly 'x-name': string
}

function below(
  servers: readonly WrittenServer[],
  url: string,
  isOfEach: boolean,
): Endpoint | { readonly sentence: string } {
  if (url.startsWith('/')) return { path: url }
  const bases = [...new Set(servers.map((server) => server.url.replace(/\/$/, '')))]
  const base = bases.find((one) => url.startsWith(`${one}/`))
  if (bases.length > 1 && (isOfEach || base !== undefined)) {
    return { sentence: 'Of several servers each has its own endpoint. Write the path, which begins with `/`.' }
  }
  if (base !== undefined) return { path: url.slice(base.length) }
  const { origin, pathname } = new URL(url)
  return { path: pathname, servers: servers.map((server) => ({ url: origin, 'x-name': server['x-name'] })) }
}
