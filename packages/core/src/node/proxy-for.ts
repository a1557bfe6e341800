import { env } from 'node:process'

/** Where a proxy is configured: by a URL, or by the variables that other programs read too. */
export type ProxyOption = 'environment' | URL

/**
 * Which proxy is on the way to an origin. `'environment'`: by `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`, in
 * lower case first, as curl reads them.
 * @throws {TypeError} for a URL that no proxy can have. It is not quoted, because it may hold a password.
 */
export function proxyFor(option: ProxyOption | undefined): (origin: URL) => URL | undefined {
  if (option === undefined) return () => undefined
  if (option !== 'environment') {
    const proxy = proxyUrl(String(option), 'The option proxy')
    return () => proxy
  }
  return (origin) => {
    if (isExcluded(origin, env['no_proxy'] ?? env['NO_PROXY'] ?? '')) return undefined
    const name = origin.protocol === 'https:' ? 'https_proxy' : 'http_proxy'
    for (const variable of [name, name.toUpperCase(), 'all_proxy', 'ALL_PROXY']) {
      const value = env[variable]
      if (value) return proxyUrl(value, variable)
    }
    return undefined
  }
}

function proxyUrl(text: string, where: string): URL {
  if (/^https?:\/\//i.test(text) && URL.canParse(text)) return new URL(text)
  throw new TypeError(`${where} is not the URL of an HTTP proxy. Write http://host:port or https://host:port.`)
}

/** Is the origin among those that need no proxy? `example.com` stands for what is below it too, as in curl. */
function isExcluded({ hostname, port, protocol }: URL, list: string): boolean {
  const ownPort = port || (protocol === 'https:' ? '443' : '80')
  const name = hostname.replace(/^\[|\]$/g, '')
  return list.split(/[\s,]+/).some((entry) => {
    if (entry === '*') return true
    const [, host = '', wanted] = /^(?:\*?\.)?(\[[^\]]*\]|[^:]*|[\da-f:]*)(?::(\d+))?$/i.exec(entry) ?? []
    const bare = host.replace(/^\[|\]$/g, '').toLowerCase()
    if (bare === '' || (wanted !== undefined && wanted !== ownPort)) return false
    return name === bare || name.endsWith(`.${bare}`)
  })
}
