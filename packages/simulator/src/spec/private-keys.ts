import { isJsonObject, type JsonObject, parseJson, textIn } from '../json.ts'
import { bytesOfBase64 } from '../oauth/digest.ts'

/** A key that an account signs its assertions with. */
export interface KeyPair {
  /** In PEM (PKCS #8). */
  readonly privateKey: string
}

interface Algorithm {
  readonly name: string
  readonly namedCurve?: string
  readonly hash?: string
  readonly modulusLength?: number
  readonly publicExponent?: Uint8Array<ArrayBuffer>
}

const rsa = (name: string): Algorithm => ({
  name,
  hash: 'SHA-256',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
})

// RFC 7518 §3.1, RFC 8037 §3.1.
const ALGORITHMS: Readonly<Record<string, Algorithm>> = {
  RS256: rsa('RSASSA-PKCS1-v1_5'),
  PS256: rsa('RSA-PSS'),
  ES256: { name: 'ECDSA', namedCurve: 'P-256' },
  ES384: { name: 'ECDSA', namedCurve: 'P-384' },
  EdDSA: { name: 'Ed25519' },
}

/** Makes a key for an algorithm of RFC 7518. */
export const makeKeyPair = async (alg: string): Promise<KeyPair> => {
  const algorithm = ALGORITHMS[alg] ?? rsa('RSASSA-PKCS1-v1_5')
  const pair = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  if (!('privateKey' in pair)) throw new TypeError(`${alg}: expected an algorithm with a private and a public key`)
  const bytes = new Uint8Array(await crypto.subtle.exportKey('pkcs8', pair.privateKey))
  const base64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
  return {
    privateKey: `-----BEGIN PRIVATE KEY-----\n${base64.match(/.{1,64}/g)?.join('\n')}\n-----END PRIVATE KEY-----\n`,
  }
}

/** The public key, as a JWK, of a private key in PEM or as a JWK; undefined where the text is neither. */
export const publicKeyOf = async (privateKey: string): Promise<JsonObject | undefined> => {
  const jwk = parseJson(privateKey)
  if (isJsonObject(jwk)) return withoutSecret(jwk)
  const der = bytesOfBase64(privateKey.replace(/-----[A-Z ]+-----|\s/g, ''))
  if (der === undefined) return undefined
  for (const algorithm of Object.values(ALGORITHMS)) {
    const key = await crypto.subtle.importKey('pkcs8', der, algorithm, true, ['sign']).catch(() => undefined)
    if (key === undefined) continue
    const exported = parseJson(JSON.stringify(await crypto.subtle.exportKey('jwk', key)))
    return isJsonObject(exported) ? withoutSecret(exported) : undefined
  }
  return undefined
}

/** RFC 7518 §6, RFC 8037 §2. */
const withoutSecret = (jwk: JsonObject): JsonObject =>
  Object.fromEntries(
    ['kty', 'crv', 'n', 'e', 'x', 'y', 'kid'].flatMap((name) => {
      const value = textIn(jwk, name)
      return value === undefined ? [] : [[name, value]]
    }),
  )
