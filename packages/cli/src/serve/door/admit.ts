import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import { headerValues } from './header-values.ts'
import type { Problem } from './problem.ts'
import { PROBLEMS } from './problems.ts'

/** What a `Host` may be. */
export interface OwnHosts {
  /** Names and addresses in lower case; an IPv6 address has its brackets. */
  readonly names: readonly string[]
  /** `undefined`: none may be given, because it is the scheme's default, or there isn't one. */
  readonly port: number | undefined
}

const LOOPBACK_NAMES = ['localhost', '[::1]']

/** Why a request isn't even looked at; `undefined`: it is. */
export function refusalOf(request: IncomingMessage, hosts: OwnHosts): Problem | undefined {
  const { headers, httpVersion, method } = request
  if (httpVersion !== '1.1') return { ...PROBLEMS['http-version'], closes: true }
  if (headers['upgrade'] !== undefined) return { ...PROBLEMS.switching, closes: true }
  if (method === 'TRACE') return { ...PROBLEMS['method-not-allowed'], closes: true }
  if (!isOwnHost(headerValues(request, 'host'), hosts)) return PROBLEMS['wrong-host']
  // A page of a browser that reaches this server names itself in one of these, and no other client sends them.
  if (headers['origin'] !== undefined || (headers['sec-fetch-site'] ?? 'none') !== 'none') return PROBLEMS.browser
  return undefined
}

/**
 * Is it a name of ours, exactly once? A page whose own name leads to this machine sends that name, so a name that resolves
 * to a loopback address isn't enough.
 */
function isOwnHost(given: readonly string[] | undefined, { names, port }: OwnHosts): boolean {
  const [host, another] = given ?? []
  if (host === undefined || another !== undefined) return false
  const [, name = '', digits] = /^(\[[\da-f:.]+\]|[^:]+)(?::(\d{1,5}))?$/i.exec(host) ?? []
  if (digits !== (port === undefined ? undefined : String(port))) return false
  const lower = name.toLowerCase()
  return LOOPBACK_NAMES.includes(lower) || isLoopbackAddress(lower) || names.includes(lower)
}

/** 127.0.0.0/8 (RFC 1122 §3.2.1.3), written in four parts. */
function isLoopbackAddress(name: string): boolean {
  return isIP(name) === 4 && name.startsWith('127.')
}
