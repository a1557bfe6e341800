import type { ProviderIo } from '../provider/provider-io.ts'
import { digestOf, randomId, toBase64Url } from '../random-id.ts'
import { ALGORITHMS, type AssertionAlgorithm } from './algorithms.ts'
import { importPrivateKey, type SigningKey } from './private-key.ts'

/** What a claim can be. */
export type Claim = string | number | boolean | null | readonly Claim[] | { readonly [name: string]: Claim }

/** What an assertion says (RFC 7523 §3). */
export interface Assertion {
  /** How it is signed. */
  readonly alg: AssertionAlgorithm
  /** The private key: a PEM of PKCS #8 ("BEGIN PRIVATE KEY"), or a JWK as text. Its `kid` is named in the header. */
  readonly key: string
  /** For how long it is good, in milliseconds. */
  readonly lifetimeMs: number
  /** All claims but `iat`, `exp` and `jti`, which come by themselves. An `undefined` one is left out. */
  readonly claims: Readonly<Record<string, Claim | undefined>>
}

/**
 * Signs an assertion, with the provider's time as far as its answers have shown it.
 * @throws {ChaveiroError} `misconfigured` if the key can't be read, or doesn't fit the algorithm.
 */
export type SignAssertion = (io: Pick<ProviderIo, 'now' | 'clockOffsetMs'>, assertion: Assertion) => Promise<string>

// More than the tenants that one process serves at a time; another one costs an import.
const MOST_KEYS = 100

/**
 * Signs the assertions of a provider (RFC 7515, RFC 7523). It keeps the imported keys, which nothing can export, and not
 * their texts.
 *
 * @example
 * const sign = assertionSigner()
 * const assertion = await sign(io, {
 *   alg: 'RS256',
 *   key: await reveal(inputs.privateKey),
 *   lifetimeMs: 300_000,
 *   claims: { iss: inputs.clientId, sub: inputs.clientId, aud: 'https://auth.example.com/token' },
 * })
 */
export function assertionSigner(): SignAssertion {
  const keyOf = keyKeeper()
  return async ({ now, clockOffsetMs }, { alg, key, lifetimeMs, claims }) => {
    const { key: imported, id } = await keyOf(key, alg)
    const iat = Math.floor((now + clockOffsetMs) / 1000)
    const payload = { ...claims, iat, exp: iat + Math.floor(lifetimeMs / 1000), jti: randomId() }
    const header = { alg, typ: 'JWT', ...(id !== undefined && { kid: id }) }
    const signed = `${encoded(header)}.${encoded(payload)}`
    const signature = await crypto.subtle.sign(ALGORITHMS[alg].signature, imported, new TextEncoder().encode(signed))
    return `${signed}.${toBase64Url(new Uint8Array(signature))}`
  }
}

/** Imports a key once, and finds it again by a digest of its text. */
function keyKeeper(): (text: string, alg: AssertionAlgorithm) => Promise<SigningKey> {
  const kept = new Map<string, Promise<SigningKey>>()
  return async (text, alg) => {
    const name = await digestOf(`${alg}\n${text}`)
    const found = kept.get(name) ?? importPrivateKey(text, alg)
    // Again at the end: the first one is the one that was used longest ago.
    kept.delete(name)
    kept.set(name, found)
    const [oldest] = kept.keys()
    if (kept.size > MOST_KEYS && oldest !== undefined) kept.delete(oldest)
    try {
      return await found
    } catch (error) {
      kept.delete(name)
      throw error
    }
  }
}

function encoded(part: object): string {
  return toBase64Url(new TextEncoder().encode(JSON.stringify(part)))
}
