// Reads and verifies signed assertions: RFC 7515 for the signature, RFC 7523 §3 for the claims.

import { isJsonObject, type Json, type JsonObject, parseJson, textIn } from '../json.ts'
import { bytesOfBase64url, textOfBytes } from './digest.ts'

/** An assertion whose signature has not been verified. */
export interface UnverifiedJwt {
  readonly claims: JsonObject
  /** Whether one of these public keys made the signature. */
  readonly isSignedBy: (keys: readonly JsonObject[]) => Promise<boolean>
}

interface Algorithm {
  /** What the public key has to say about itself (RFC 7518 §6, RFC 8037 §2). */
  readonly key: { readonly kty: string; readonly crv?: string }
  readonly import: { readonly name: string; readonly hash?: string; readonly namedCurve?: string }
  readonly verify: { readonly name: string; readonly hash?: string; readonly saltLength?: number }
}

const rsa = (name: string, saltLength?: number): Algorithm => ({
  key: { kty: 'RSA' },
  import: { name, hash: 'SHA-256' },
  verify: { name, ...(saltLength !== undefined && { saltLength }) },
})

const ecdsa = (namedCurve: string, hash: string): Algorithm => ({
  key: { kty: 'EC', crv: namedCurve },
  import: { name: 'ECDSA', namedCurve },
  verify: { name: 'ECDSA', hash },
})

// RFC 7518 §3.1, RFC 8037 §3.1. `none` and keys that both sides share are not among them.
const ALGORITHMS: Readonly<Record<string, Algorithm>> = {
  RS256: rsa('RSASSA-PKCS1-v1_5'),
  PS256: rsa('RSA-PSS', 32),
  ES256: ecdsa('P-256', 'SHA-256'),
  ES384: ecdsa('P-384', 'SHA-384'),
  EdDSA: { key: { kty: 'OKP', crv: 'Ed25519' }, import: { name: 'Ed25519' }, verify: { name: 'Ed25519' } },
}

/** Takes an assertion apart, or says what is wrong with it. */
export const readJwt = (text: string): UnverifiedJwt | string => {
  const [head = '', body = '', tail = '', ...rest] = text.split('.')
  const header = jsonOf(head)
  const claims = jsonOf(body)
  const signature = bytesOfBase64url(tail)
  if (rest.length > 0 || !isJsonObject(header) || !isJsonObject(claims) || !signature) return 'not a signed JWT'
  // RFC 7515 §4.1.11.
  if ('crit' in header) return 'it has a critical header that is not understood'
  const algorithm = ALGORITHMS[textIn(header, 'alg') ?? '']
  if (algorithm === undefined) return 'it is signed with an algorithm that is not accepted'
  const signed = new TextEncoder().encode(`${head}.${body}`)
  const kid = textIn(header, 'kid')
  return {
    claims,
    isSignedBy: async (keys) => {
      for (const key of keys) {
        if (!fits(key, algorithm, kid)) continue
        const imported = await crypto.subtle.importKey('jwk', publicPart(key), algorithm.import, false, ['verify'])
        if (await crypto.subtle.verify(algorithm.verify, imported, signature, signed)) return true
      }
      return false
    },
  }
}

const jsonOf = (part: string): Json | undefined => {
  const text = textOfBytes(bytesOfBase64url(part))
  return text === undefined ? undefined : parseJson(text)
}

const fits = (key: JsonObject, { key: wanted }: Algorithm, kid: string | undefined): boolean =>
  key['kty'] === wanted.kty &&
  (wanted.crv === undefined || key['crv'] === wanted.crv) &&
  (kid === undefined || key['kid'] === undefined || key['kid'] === kid)

/** Without `use`, `alg` and `key_ops`, in which platforms find contradictions. */
const publicPart = (key: JsonObject): Record<string, string> =>
  Object.fromEntries(
    ['kty', 'crv', 'n', 'e', 'x', 'y'].flatMap((name) => {
      const value = textIn(key, name)
      return value === undefined ? [] : [[name, value]]
    }),
  )

export interface ClaimRules {
  readonly audiences: readonly string[]
  /** Epoch milliseconds. */
  readonly now: number
  readonly longestMs: number
  readonly isSpent: (jti: string) => boolean
}

/** What is wrong with the claims (RFC 7523 §3); undefined: nothing. Times are whole seconds, and no leeway is given. */
export const problemOfClaims = (
  claims: JsonObject,
  { audiences, now, longestMs, isSpent }: ClaimRules,
): string | undefined => {
  const { aud, exp, iat, nbf, jti } = claims
  const seconds = Math.floor(now / 1000)
  const named = Array.isArray(aud) ? aud : [aud]
  if (!named.some((one) => typeof one === 'string' && audiences.includes(one))) return 'aud is not this server'
  if (typeof exp !== 'number') return 'exp is missing'
  if (exp <= seconds) return 'exp has passed'
  if (exp > seconds + longestMs / 1000) return 'exp is too far away'
  if (iat !== undefined && !(typeof iat === 'number' && iat <= seconds)) return 'iat is in the future'
  if (nbf !== undefined && !(typeof nbf === 'number' && nbf <= seconds)) return 'nbf is in the future'
  if (typeof jti !== 'string' || jti === '') return 'jti is missing'
  return isSpent(jti) ? 'jti has been used before' : undefined
}
