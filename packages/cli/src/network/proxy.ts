import type { Texts } from '../messages/texts.ts'
import { EXIT } from '../session/exit-code.ts'
import { Failure } from '../session/failure.ts'

/** A proxy, and the variable that names it. */
export interface NamedProxy {
  readonly variable: string
  /** As the variable has it. It may hold a password, so it is never quoted. */
  readonly value: string
}

const VARIABLES = ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY']

/** The proxy for https, by the variables that other programs read too, in their order. */
export function httpsProxy(env: Readonly<NodeJS.ProcessEnv>): NamedProxy | undefined {
  return VARIABLES.flatMap((variable) => {
    const value = env[variable]
    return value ? [{ variable, value }] : []
  })[0]
}

/** The proxy that a request to this server goes through, if any. Plain http stays on this machine, so it has none. */
export function proxyFor(server: URL, env: Readonly<NodeJS.ProcessEnv>): NamedProxy | undefined {
  if (server.protocol !== 'https:') return undefined
  return isExcluded(server, env['no_proxy'] ?? env['NO_PROXY'] ?? '') ? undefined : httpsProxy(env)
}

/** The URL of a proxy, or what is wrong with the variable. */
export function proxyUrl({ variable, value }: NamedProxy, { data }: Texts): URL {
  if (/^socks/i.test(value)) throw bad(data.proxySocks(variable))
  if (!/^[a-z][a-z\d+.-]*:\/\//i.test(value)) throw bad(data.proxyWithoutScheme(variable))
  if (!/^https?:\/\//i.test(value) || !URL.canParse(value)) throw bad(data.badProxy(variable))
  return new URL(value)
}

/** Is the server among those that need no proxy? `example.com` stands for what is below it too, as in curl. */
function isExcluded({ hostname, port }: URL, list: string): boolean {
  return list.split(/[\s,]+/).some((entry) => {
    if (entry === '*') return true
    const [, host = '', wantedPort] = /^(?:\*?\.)?(\[[^\]]*\]|[^:]*|[\da-f:]*)(?::(\d+))?$/i.exec(entry) ?? []
    const bare = host.replace(/^\[|\]$/g, '').toLowerCase()
    if (bare === '' || (wantedPort !== undefined && wantedPort !== (port || '443'))) return false
    const name = hostname.replace(/^\[|\]$/g, '')
    return name === bare || name.endsWith(`.${bare}`)
  })
}

function bad(message: string): Failure {
  return new Failure(EXIT.usage, 'usage', message)
}
