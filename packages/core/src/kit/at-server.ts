import { isUrl } from '../brands.ts'
import type { ServerOptions } from '../provider/server.ts'

/**
 * A URL that a spec names whole: the page that asks a person, or the issuer. With a server that was given as a URL, it is
 * at that server, with the same path: a code of one server must not be sent to another.
 */
export function atServer(url: string, { server }: ServerOptions<string>): string {
  return isUrl(server) ? `${server.origin}${url.slice(new URL(url).origin.length)}` : url
}
