import { didYouMean } from '../session/did-you-mean.ts'
import { EXIT } from '../session/exit-code.ts'
import { Failure } from '../session/failure.ts'
import type { Session } from '../session/session.ts'
import type { CliFacts } from './sign-in-method.ts'

/** Where an account is: nothing of it is secret. */
export interface Place {
  /** A documented server's name, or a URL. */
  readonly server: string
  /** What is put into the braces of a server's URL, by name. Absent: the provider's servers have none. */
  readonly variables?: Readonly<Record<string, string>> | undefined
}

/** What a provider's functions take as their server: the name, because an API may be elsewhere than its tokens, or a URL. */
export function serverOption(facts: CliFacts, { server }: Place): string | URL {
  return Object.hasOwn(facts.servers, server) ? server : new URL(server)
}

/** The URL of a place. @throws {Failure} for a name that is unknown. */
export function placeUrl(facts: CliFacts, { server, variables = {} }: Place, { texts }: Pick<Session, 'texts'>): URL {
  const known = Object.hasOwn(facts.servers, server) ? facts.servers[server] : undefined
  if (known !== undefined) return new URL(fillTemplate(known, variables))
  if (/^https?:\/\//.test(server) && URL.canParse(server)) return new URL(server)
  const names = Object.keys(facts.servers)
  const sentence = texts.messages.unknownServer(facts.title, server, didYouMean(server, names, texts), names)
  // The server exists, but no document names its host.
  const undocumented = facts.undocumentedServers ?? {}
  const why = Object.hasOwn(undocumented, server) ? `\n${undocumented[server]}` : ''
  throw new Failure(EXIT.usage, 'usage', sentence + why)
}

/** The URL of the API of a place, if it is elsewhere. */
export function apiUrl({ apiServers = {} }: CliFacts, { server, variables = {} }: Place): URL | undefined {
  const known = Object.hasOwn(apiServers, server) ? apiServers[server] : undefined
  return known === undefined ? undefined : new URL(fillTemplate(known, variables))
}

/** Two accounts of a provider at one server, of one tenant. */
export function isSamePlace(one: Place, other: Place): boolean {
  return one.server === other.server && textOf(one) === textOf(other)
}

function textOf({ variables = {} }: Place): string {
  return JSON.stringify(Object.entries(variables).sort(([one], [other]) => (one < other ? -1 : 1)))
}

function fillTemplate(template: string, variables: Readonly<Record<string, string>>): string {
  return template.replace(/\{([^{}]*)\}/g, (braces, name: string) => variables[name] ?? braces)
}
