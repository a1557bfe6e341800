import { type AssertionAlgorithm, assertionSigner } from '@chaveiro/core/assertion'
import { reveal } from '@chaveiro/core/provider'
import type { ClientAuthentication } from '../client/client-authentication.ts'

/** How a client signs. */
export interface PrivateKeyJwtOptions {
  /** How the assertion is signed: what is registered for the key. */
  alg: AssertionAlgorithm
  /**
   * Whom the assertion is for, where the server wants another text.
   * @default the issuer; the token endpoint's URL where there is a `tokenUrl`
   */
  audience?: string | undefined
  /** For how long an assertion is good, in milliseconds. @default 60_000 */
  lifetimeMs?: number | undefined
}

const TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
const ALGORITHMS: readonly string[] = ['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA'] satisfies AssertionAlgorithm[]

/**
 * A client that signs in place of sending a secret (`private_key_jwt`: RFC 7523 §2.2, OpenID Connect Core §9). Its input is
 * `privateKey`.
 *
 * @example
 * createOAuth({ issuer, client: privateKeyJwt({ alg: 'ES256' }), clientId, privateKey })
 * @throws {TypeError} for another algorithm, and a lifetime that isn't one.
 */
export function privateKeyJwt({ alg, audience, lifetimeMs = 60_000 }: PrivateKeyJwtOptions): ClientAuthentication {
  if (!ALGORITHMS.includes(alg)) throw new TypeError(`Option alg must be one of ${ALGORITHMS.join(', ')}.`)
  // RFC 7523 §3: it counts whole seconds.
  if (!(lifetimeMs >= 1_000)) throw new TypeError('Option lifetimeMs must be a number of at least 1000.')
  const sign = assertionSigner()
  return {
    method: 'private_key_jwt',
    inputs: {
      privateKey: {
        description: 'The private key of the application: PKCS #8 as PEM, or a JWK.',
        secret: true,
        env: 'OAUTH_PRIVATE_KEY',
      },
    },
    async prove(io, { clientId, privateKey }, believer) {
      if (privateKey === undefined) throw new TypeError('There is no private key to sign with.')
      const assertion = await sign(io, {
        alg,
        key: await reveal(privateKey),
        lifetimeMs,
        claims: { iss: clientId, sub: clientId, aud: audience ?? believer },
      })
      return { fields: { client_assertion_type: TYPE, client_assertion: assertion } }
    },
  }
}
