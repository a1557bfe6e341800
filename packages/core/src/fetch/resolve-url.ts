/**
 * The URL that is really going to be used, so that it can be judged before anything is sent. A path is appended to the
 * server's own path, as every client with a base URL does; `//host` and `\\host` name another host, and are seen as such.
 */
export function resolveUrl(input: string | URL | Request, server: URL): { url: URL; input: URL | Request } {
  if (typeof input === 'string') {
    const isPath = /^\/(?![/\\])/.test(input)
    const url = isPath ? new URL(server.pathname.replace(/\/$/, '') + input, server) : new URL(input, server)
    return { url, input: url }
  }
  return 'href' in input ? { url: input, input } : { url: new URL(input.url), input }
}
