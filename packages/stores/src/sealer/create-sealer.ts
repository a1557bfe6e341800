import { ChaveiroError, isChaveiroError, type Secret, type SecretInput } from '@chaveiro/core'
import { requireKnownOptions } from '../cell/check-options.ts'
import { textProperty } from '../cell/error-code.ts'
import { additionalData, type Envelope, KEY_ID, NONCE_BYTES, readEnvelope, writeEnvelope } from './envelope.ts'
import type { SealContext, Sealer } from './sealer.ts'
import { keyBytes } from './sealing-key.ts'

/** A key and the name under which sealed texts mention it. */
export interface SealingKey {
  /** Readable in every record: letters, digits, `_` and `-`, at most 64. A date works well. */
  readonly id: string
  /** 32 bytes in base64url, as `generateKey()` gives. A function is called at the first use. */
  readonly key: SecretInput
}

/** Options of {@link createSealer}. */
export interface SealerOptions {
  /** The first one seals, all of them open. To rotate, put the new one first and keep the old one behind it. */
  readonly keys: readonly SealingKey[]
}

type ImportedKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>

/**
 * Seals with AES-256-GCM through WebCrypto. The nonce is random, so a key should seal at most 2^32 records in its life
 * (NIST SP 800-38D §8.3); rotate long before.
 *
 * @throws TypeError for a key that cannot be one, or ids that are missing, odd or used twice.
 */
export function createSealer(options: SealerOptions): Sealer {
  requireKnownOptions('createSealer', options, ['keys'])
  const { keys } = options
  const [first] = keys ?? []
  if (!first) throw new TypeError('createSealer needs at least one key: { keys: [{ id, key }] }.')
  const byId = new Map<string, SealingKey>()
  for (const entry of keys) {
    requireKnownOptions('A sealing key', entry, ['id', 'key'])
    if (typeof entry.id !== 'string' || !KEY_ID.test(entry.id)) {
      throw new TypeError('The id of a sealing key has 1 to 64 letters, digits, `_` or `-`.')
    }
    if (byId.has(entry.id)) throw new TypeError(`Two sealing keys have the id ${entry.id}. Never reuse an id.`)
    if (typeof entry.key !== 'function') keyBytes(textOf(entry.key))
    byId.set(entry.id, entry)
  }
  const imported = keyring(byId)

  return {
    async seal(text, context) {
      const key = await imported(first.id)
      const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES))
      const plain = new TextEncoder().encode(text)
      const sealed = await crypto.subtle.encrypt(algorithm(first.id, nonce, context), key, plain)
      return writeEnvelope({ keyId: first.id, nonce, sealed: new Uint8Array(sealed) })
    },
    async open(text, context) {
      const envelope = readEnvelope(text)
      if (!envelope || !byId.has(envelope.keyId)) return undefined
      return decrypted(await imported(envelope.keyId), envelope, context)
    },
    isCurrent: (sealed) => readEnvelope(sealed)?.keyId === first.id,
  }
}

/** Each key is asked for once, when it is first needed; a failure is not remembered. */
function keyring(byId: ReadonlyMap<string, SealingKey>): (id: string) => Promise<ImportedKey> {
  const cache = new Map<string, Promise<ImportedKey>>()
  return (id) => {
    let key = cache.get(id)
    if (!key) {
      key = importKey(id, byId.get(id)?.key)
      cache.set(id, key)
      key.catch(() => cache.delete(id))
    }
    return key
  }
}

async function importKey(id: string, input: SecretInput | undefined): Promise<ImportedKey> {
  const text = textOf(typeof input === 'function' ? await asked(id, input) : input)
  let bytes: Uint8Array<ArrayBuffer>
  try {
    bytes = keyBytes(text)
  } catch (error) {
    throw new ChaveiroError('store', `The sealing key ${id} cannot be used. ${textProperty(error, 'message') ?? ''}`)
  }
  return crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt'])
}

/** What a function of the caller's throws is not passed on: it may quote the key. */
async function asked(id: string, ask: Extract<SecretInput, () => unknown>): Promise<string | Secret> {
  try {
    return await ask()
  } catch (error) {
    if (isChaveiroError(error)) throw error
    throw new ChaveiroError('store', `The sealing key ${id} cannot be used: the function that provides it failed.`)
  }
}

async function decrypted(key: ImportedKey, envelope: Envelope, context: SealContext): Promise<string | undefined> {
  try {
    const { keyId, nonce, sealed } = envelope
    const plain = await crypto.subtle.decrypt(algorithm(keyId, nonce, context), key, sealed)
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(plain)
  } catch {
    return undefined
  }
}

function algorithm(keyId: string, iv: Uint8Array<ArrayBuffer>, { key }: SealContext) {
  return { name: 'AES-GCM', iv, additionalData: additionalData(keyId, key) }
}

function textOf(key: Exclude<SecretInput, () => unknown> | undefined): string | undefined {
  return typeof key === 'object' ? key.reveal() : key
}
