import type { AssertionAlgorithm } from '@chaveiro/core/assertion'
import { exportJWK, exportPKCS8, exportSPKI, type GenerateKeyPairResult, generateKeyPair, type JWK } from 'jose'

export const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA'] as const satisfies AssertionAlgorithm[]

/** A pair of keys as users have them. */
export interface Keys {
  readonly publicKey: GenerateKeyPairResult['publicKey']
  readonly pem: string
  readonly publicPem: string
  readonly jwk: JWK
  readonly publicJwk: Readonly<Record<string, string>>
}

export async function keysFor(alg: AssertionAlgorithm, modulusLength?: number): Promise<Keys> {
  const options = { extractable: true, ...(modulusLength !== undefined && { modulusLength }) }
  const { publicKey, privateKey } = await generateKeyPair(alg, options)
  return {
    publicKey,
    pem: await exportPKCS8(privateKey),
    publicPem: await exportSPKI(publicKey),
    jwk: await exportJWK(privateKey),
    publicJwk: JSON.parse(JSON.stringify(await exportJWK(publicKey))),
  }
}
