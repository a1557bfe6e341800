/** How an assertion is signed (RFC 7518 §3.1; `EdDSA` of RFC 8037 with Ed25519). */
export type AssertionAlgorithm = 'RS256' | 'PS256' | 'ES256' | 'ES384' | 'EdDSA'

/** An algorithm, as WebCrypto takes it. */
export interface Algorithm {
  readonly key: { readonly name: string; readonly hash?: string; readonly namedCurve?: string }
  readonly signature: { readonly name: string; readonly hash?: string; readonly saltLength?: number }
  /** What a JWK of such a key says about itself. */
  readonly jwk: { readonly kty: string; readonly crv?: string }
  /** What such a key is, for messages. */
  readonly kind: string
}

export const ALGORITHMS: Readonly<Record<AssertionAlgorithm, Algorithm>> = {
  RS256: rsa({ name: 'RSASSA-PKCS1-v1_5' }),
  // RFC 7518 §3.5: the salt is as long as the hash.
  PS256: rsa({ name: 'RSA-PSS', saltLength: 32 }),
  ES256: ecdsa('P-256', 'SHA-256'),
  ES384: ecdsa('P-384', 'SHA-384'),
  EdDSA: {
    key: { name: 'Ed25519' },
    signature: { name: 'Ed25519' },
    jwk: { kty: 'OKP', crv: 'Ed25519' },
    kind: 'an Ed25519 key',
  },
}

function rsa(signature: Algorithm['signature']): Algorithm {
  return { key: { name: signature.name, hash: 'SHA-256' }, signature, jwk: { kty: 'RSA' }, kind: 'an RSA key' }
}

function ecdsa(curve: string, hash: string): Algorithm {
  return {
    key: { name: 'ECDSA', namedCurve: curve },
    signature: { name: 'ECDSA', hash },
    jwk: { kty: 'EC', crv: curve },
    kind: `an EC key on ${curve}`,
  }
}
