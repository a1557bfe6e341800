import { requestIn } from '../http/plain-init.ts'

/** Where a call goes: the address to be judged, and what to send it with. Both say the same, and nobody else holds the URL. */
interface Target {
  readonly url: URL
  readonly input: URL | Request
}

/**
 * The URL that is really going to be used, so that it can be judged before anything is sent. A path is appended to the
 * server's own path, as every client with a base URL does; `//host` and `\\host` name another host, and are seen as such.
 *
 * @throws {TypeError} for what is no URL.
 */
export function resolveUrl(input: string | URL | Request, server: URL): Target {
  const url = urlOf(input, server)
  return { url, input: requestIn(input) ?? url }
}

function urlOf(input: string | URL | Request, server: URL): URL {
  if (typeof input === 'string') return absolute(input, server)
  // A URL can be changed while we wait for the token, so a copy is judged and sent.
  return new URL('href' in input ? input.href : input.url)
}

function absolute(text: string, server: URL): URL {
  const folder = server.pathname.replace(/\/$/, '')
  if (/^\/(?![/\\])/.test(text)) return new URL(folder + text, server)
  // Nothing, a query or a fragment belong to the server's own address; the rest is relative to its folder.
  return new URL(text, /^([?#]|$)/.test(text) ? server : new URL(`${folder}/`, server))
}
