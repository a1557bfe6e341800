import { base64url } from '../random-text.ts'
import { base64urlOf } from './digest.ts'
import type { OAuthAccessTokenFacts } from './facts.ts'

/** Legal in a Bearer token (RFC 6750 §2.1), with another meaning in a form: they show where an encoding is missing. */
export const FORM_SENSITIVE = '+/=='

/** An access token before it is a text. */
interface AccessTokenFields {
  /** Unique, and random. */
  readonly name: string
  readonly clientId: string
  /** Undefined: it is the client's own. */
  readonly account: string | undefined
  /** Epoch milliseconds. */
  readonly issuedAt: number
  readonly expiresAt: number
}

/** Writes a token as the client gets it. */
export type WriteAccessToken = (fields: AccessTokenFields) => string

/** Access tokens as a provider writes them. */
export const accessTokenWriter = (
  { format = 'opaque', length = 0 }: OAuthAccessTokenFacts,
  random: () => number,
): WriteAccessToken => {
  if (format === 'opaque') return ({ name }) => name.padEnd(length - FORM_SENSITIVE.length, 'x') + FORM_SENSITIVE
  return ({ name, clientId, account = clientId, issuedAt, expiresAt }) => {
    const claims = { iat: seconds(issuedAt), exp: seconds(expiresAt), sub: account, aud: clientId, jti: name }
    const signed = [{ alg: 'RS256', typ: 'JWT' }, claims].map(encoded).join('.')
    return `${signed}.${base64url(random, Math.max(MIN_SIGNATURE, length - signed.length - 1))}`
  }
}

// RS256 with the shortest key that RFC 7518 §3.3 allows, 2048 bits.
const MIN_SIGNATURE = 342

const seconds = (epochMs: number): number => Math.floor(epochMs / 1000)

const encoded = (part: object): string => base64urlOf(new TextEncoder().encode(JSON.stringify(part)))
