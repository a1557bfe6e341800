import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ChaveiroError, type Secret } from '@chaveiro/core'
import { generateKey, keyFromText, type SealingKey } from '@chaveiro/stores/sealer'
import { readStoredText } from '../files/read-file.ts'
import type { Texts } from '../messages/texts.ts'
import { writeKeyFile } from './private-files.ts'

/** Where the key is that seals inputs and tokens. */
type KeyPlace = 'keychain' | 'file' | 'environment'

/** Which key it is, and where: what a profile remembers of it. */
export interface KeyReference {
  /** Names the sealing key in what it sealed. */
  readonly keyId: string
  readonly keyPlace: KeyPlace
}

/** A key in this variable comes before any other: for containers, CI, and machines that share a store. */
export const KEY_VARIABLE = 'CHAVEIRO_SEALING_KEY'

export const ENVIRONMENT_KEY_ID = 'environment'

/** Makes the key of a new profile and keeps it where this machine keeps keys best: in the keychain, else in `folder`. */
export async function createKey(folder: string, env: Readonly<NodeJS.ProcessEnv>): Promise<KeyReference> {
  if (env[KEY_VARIABLE]) return { keyId: ENVIRONMENT_KEY_ID, keyPlace: 'environment' }
  const { keptInKeychain } = await import('./keychain.ts')
  const keyId = crypto.randomUUID()
  const key = generateKey()
  if (await keptInKeychain(keyId, key)) return { keyId, keyPlace: 'keychain' }
  await writeKeyFile(keyFile(folder, keyId), key)
  return { keyId, keyPlace: 'file' }
}

/** Removes a key that was made for nothing: another process was faster. */
export async function removeKey(folder: string, { keyId, keyPlace }: KeyReference): Promise<void> {
  if (keyPlace === 'file') await rm(keyFile(folder, keyId), { force: true })
  if (keyPlace !== 'keychain') return
  const { systemKeychain } = await import('./keychain.ts')
  await (await systemKeychain())?.remove(keyId)
}

/** The keys of a profile, the one that seals first. Each is read when it is first needed. */
export function sealingKeys(
  folder: string,
  { keyId, keyPlace }: KeyReference,
  env: Readonly<NodeJS.ProcessEnv>,
  texts: Texts,
): SealingKey[] {
  const own = env[KEY_VARIABLE]
  const keys: SealingKey[] = own ? [{ id: ENVIRONMENT_KEY_ID, key: () => own }] : []
  if (keyPlace === 'file') {
    const path = keyFile(folder, keyId)
    keys.push({ id: keyId, key: () => fromFile(path, texts) })
  }
  if (keyPlace === 'keychain') keys.push({ id: keyId, key: () => fromKeychain(keyId, texts) })
  if (keys.length === 0) throw new ChaveiroError('store', texts.messages.keyVariableMissing(KEY_VARIABLE))
  return keys
}

/** Named after its id: of two processes that sign in first at once, each keeps its own, and one of them is used. */
export function keyFile(folder: string, keyId: string): string {
  return join(folder, `sealing-key-${keyId}`)
}

async function fromFile(path: string, texts: Texts): Promise<Secret> {
  const text = await readStoredText(path, texts)
  try {
    return keyFromText(text)
  } catch {
    throw new ChaveiroError('store', texts.data.badKeyFile(path))
  }
}

async function fromKeychain(keyId: string, texts: Texts): Promise<string> {
  const { systemKeychain } = await import('./keychain.ts')
  const keychain = await systemKeychain()
  const key = await keychain?.get(keyId).catch(() => undefined)
  if (key !== undefined) return key
  throw new ChaveiroError('store', texts.messages.keychainSilent)
}
