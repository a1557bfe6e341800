import { requestIn } from '../http/plain-init.ts'

/** Where a call goes: the address to check, and what to call `fetch` with. The same URL, as a copy of our own. */
interface Target {
  readonly url: URL
  readonly input: URL | Request
}

/**
 * The URL that will really be used, so that it can be checked before anything is sent. A path is appended to the
 * server's own path, as every client with a base URL does; `//host` and `\\host` name another host, and are treated as
 * such.
 *
 * @throws {TypeError} for an invalid URL.
 */
export function resolveUrl(input: string | URL | Request, server: URL): Target {
  const url = urlOf(input, server)
  return { url, input: requestIn(input) ?? url }
}

function urlOf(input: string | URL | Request, server: URL): URL {
  if (typeof input === 'string') return absolute(input, server)
  // The caller may change a URL while we wait for the token, so a copy is checked and sent.
  return new URL('href' in input ? input.href : input.url)
}

function absolute(text: string, server: URL): URL {
  const folder = server.pathname.replace(/\/$/, '')
  if (/^\/(?![/\\])/.test(text)) return new URL(folder + text, server)
  // An empty text, a query or a fragment is added to the server's own address. The rest is relative to its folder.
  return new URL(text, /^([?#]|$)/.test(text) ? server : new URL(`${folder}/`, server))
}
