import { isUrl } from '../brands.ts'
import type { ServerOptions } from '../provider/server.ts'

/**
 * Where a person agrees, at a host of its own. With a server that was given as a URL the page is there too, at the same
 * path: a code of one server must not be sent to another.
 */
export function consentPage(url: string, { server }: ServerOptions<string>): URL {
  const page = new URL(url)
  return isUrl(server) ? new URL(`${page.pathname}${page.search}`, server) : page
}
