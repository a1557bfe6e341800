import { join } from 'node:path'
import { createSealer, type SealingKey } from '@chaveiro/stores/sealer'
import type { Variables } from '../files/take-variables.ts'
import { EXIT } from '../session/exit-code.ts'
import { Failure } from '../session/failure.ts'
import type { Session } from '../session/session.ts'
import { ENVIRONMENT_KEY_ID, KEY_VARIABLE } from '../vault/sealing-key.ts'
import { existingStateKey, STATE_KEY_ID, stateKey } from '../vault/state-key.ts'
import type { OpenStore, StoreUse } from './drivers.ts'
import { memoryTokens } from './memory-tokens.ts'
import { openFiles, openStoreAt, URL_VARIABLE } from './open-store.ts'

/** The variables that say where tokens are kept, and what encrypts them. */
export const STORE_VARIABLES: readonly string[] = [URL_VARIABLE, KEY_VARIABLE]

/** Where the tokens of accounts from variables are kept: a shared store, a folder, or this process alone. */
export async function openEnvironmentStore(
  session: Session,
  { store, state }: { readonly store: string | undefined; readonly state: string | undefined },
  variables: Variables,
  use: StoreUse,
): Promise<OpenStore> {
  const url = store ?? (state === undefined ? variables[URL_VARIABLE] : undefined)
  const given = variables[KEY_VARIABLE]
  // As functions, keys that cannot be used are an error of the store, at the first use.
  const keys: SealingKey[] = given === undefined ? [] : [{ id: ENVIRONMENT_KEY_ID, key: () => given }]
  if (url !== undefined) {
    if (keys.length === 0) throw new Failure(EXIT.usage, 'usage', session.texts.messages.storeNeedsKey(KEY_VARIABLE))
    return openShared(session, url, keys, use)
  }
  if (state !== undefined) {
    const key = given === undefined ? stateKey(state) : existingStateKey(state)
    return openFiles(join(state, 'tokens'), createSealer({ keys: [...keys, { id: STATE_KEY_ID, key }] }))
  }
  return memoryTokens()
}

async function openShared(session: Session, url: string, keys: SealingKey[], use: StoreUse): Promise<OpenStore> {
  const tokens = await openStoreAt(url, createSealer({ keys }), session, use)
  try {
    await tokens.prepare()
    return tokens
  } catch (error) {
    await tokens.close()
    throw error
  }
}
