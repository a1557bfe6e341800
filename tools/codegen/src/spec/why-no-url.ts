/** Why a URL of a flow can't be meant: it is whole, or a path that can be read in one way. */
export function whyNoUrl(servers: readonly { readonly url: string }[], url: string): string | undefined {
  const isRelative = /^\/[^\s{}#]+$/.test(url)
  // The braces of a server are filled in wherever it is named.
  const below = servers.find((server) => url.startsWith(`${server.url.replace(/\/$/, '')}/`))
  const rest = below === undefined ? url : url.slice(below.url.replace(/\/$/, '').length)
  if (!isRelative && !/^(https:\/\/|(?=\/))[^\s{}#]+$/.test(rest)) {
    return `\`${url}\` is neither an https URL nor a path that begins with \`/\`.`
  }
  return isRelative && servers.some((server) => /^https:\/\/[^/]+\/./.test(server.url))
    ? 'A server has a path, so this could be read in two ways. Write the whole URL.'
    : undefined
}
