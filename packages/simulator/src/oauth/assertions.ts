import type { SimulatorClock } from '../clock.ts'
import { textIn } from '../json.ts'
import type { Clients, RegisteredClient } from './clients.ts'
import { problemOfClaims, readJwt } from './jwt.ts'

export interface AssertionsOptions {
  readonly clients: Clients
  readonly clock: SimulatorClock
  readonly audiences: () => readonly string[]
  readonly longestMs: number
}

/** An assertion that a client signed. */
export interface Assertion {
  readonly client: RegisteredClient
  readonly subject: string | undefined
}

/** Takes assertions: each is good for one request. Answers with what is wrong with one that it doesn't take. */
export type TakeAssertion = (text: string) => Promise<Assertion | string>

/** The assertions of a server, and which of them are spent. */
export interface Assertions {
  readonly take: TakeAssertion
  /** Forgets which are spent. */
  clear(): void
}

/** The assertions that a server takes (RFC 7523 §3). */
export const createAssertions = ({ clients, clock, audiences, longestMs }: AssertionsOptions): Assertions => {
  const spent = new Set<string>()
  const take: TakeAssertion = async (text) => {
    const jwt = readJwt(text)
    if (typeof jwt === 'string') return jwt
    const { claims } = jwt
    const issuer = textIn(claims, 'iss') ?? ''
    const client = clients.find(issuer)
    if (client === undefined || !(await jwt.isSignedBy(client.keys))) return 'no key of its iss made the signature'
    // From here on nothing waits: of two that come at once, one is the second.
    const isSpent = (jti: string): boolean => spent.has(JSON.stringify([issuer, jti]))
    const problem = problemOfClaims(claims, { audiences: audiences(), now: clock.now(), longestMs, isSpent })
    if (problem !== undefined) return problem
    spent.add(JSON.stringify([issuer, claims['jti']]))
    return { client, subject: textIn(claims, 'sub') }
  }
  return { take, clear: () => spent.clear() }
}
