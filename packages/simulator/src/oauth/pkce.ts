import { sha256 } from './digest.ts'
import { OAuthError } from './oauth-error.ts'
import type { Parameters } from './parameters.ts'

/** How far PKCE goes (RFC 7636). */
export type Pkce = 'required' | 'supported' | 'unsupported'

/** The challenge of an authorization request. RFC 9700 §2.1.1: S256 only, which has to be named. */
export const challengeIn = (parameters: Parameters, pkce: Pkce): string | undefined => {
  if (pkce === 'unsupported') return undefined
  const challenge = parameters.get('code_challenge')
  const method = parameters.get('code_challenge_method')
  if (challenge === undefined) {
    if (pkce === 'required') throw new OAuthError('invalid_request', 'query.code_challenge: required, but missing')
    if (method !== undefined)
      throw new OAuthError('invalid_request', 'query.code_challenge_method: without a challenge')
    return undefined
  }
  if (method !== 'S256') throw new OAuthError('invalid_request', 'query.code_challenge_method: expected S256')
  if (!/^[A-Za-z0-9_-]{43}$/.test(challenge)) {
    throw new OAuthError('invalid_request', 'query.code_challenge: expected 43 characters of base64url')
  }
  return challenge
}

/** The challenge that the verifier of an exchange belongs to (RFC 7636 §4.1, §4.6). */
export const challengeOfVerifier = async (verifier: string | undefined): Promise<string | undefined> => {
  if (verifier === undefined) return undefined
  if (!/^[A-Za-z0-9._~-]{43,128}$/.test(verifier)) {
    throw new OAuthError('invalid_request', 'body.code_verifier: expected 43 to 128 unreserved characters')
  }
  return sha256(new TextEncoder().encode(verifier))
}
