import type { AccountState } from '../account/account-state.ts'
import { ChaveiroError, isChaveiroError } from '../errors.ts'
import type { Engine } from '../manager/engine.ts'
import { untilDeadline } from '../renewal/deadline.ts'
import { decodeRecord, encodeRecord, requireReplaceable, type TokenRecord } from '../token/record.ts'
import { storeKey, tokenKey } from '../token/token-key.ts'
import { newVersion, storedRecord } from './store-answers.ts'

const OPERATION_TIMEOUT_MS = 5_000

/** One account's cell of the store, as it was read. `version: null`: absent. */
export interface Cell<M> {
  readonly version: string | null
  readonly record: TokenRecord<M> | undefined
}

/** Reads the account's record. Every failure is a ChaveiroError of code `store`; nothing is ever overwritten here. */
export async function readCell<Inputs, M>(engine: Engine<Inputs, M>, state: AccountState<M>): Promise<Cell<M>> {
  const stored = await readRaw(engine, state)
  if (stored === undefined) return { version: null, record: undefined }
  return { version: stored.version, record: decodeRecord<M>(stored.value, engine.provider.id) }
}

/** The version alone, for those who overwrite also what cannot be read (`seed`, `end`). */
export async function readVersion<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
): Promise<string | null> {
  const stored = await readRaw(engine, state)
  if (stored === undefined) return null
  requireReplaceable(stored.value, engine.provider.id)
  return stored.version
}

/** Writes if nobody else did since. Rejects with code `conflict` or `store`. */
export async function commitCell<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  next: TokenRecord<M> | null,
  expect: string | null,
): Promise<string> {
  const key = await keyOf(engine, state)
  return newVersion(await operate(engine, 'write', () => engine.store.commit(key, next && encodeRecord(next), expect)))
}

async function readRaw<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
): Promise<{ version: string; value: string | undefined } | undefined> {
  const key = await keyOf(engine, state)
  return storedRecord(await operate(engine, 'read', (signal) => engine.store.read(key, { signal })))
}

async function keyOf<Inputs, M>({ space }: Engine<Inputs, M>, state: AccountState<M>): Promise<string> {
  state.storeKey ??= await storeKey(tokenKey(space, state.ref))
  return state.storeKey
}

async function operate<Inputs, M, T>(
  engine: Engine<Inputs, M>,
  verb: 'read' | 'write',
  operation: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  try {
    return await untilDeadline(engine.clock, OPERATION_TIMEOUT_MS, operation)
  } catch (error) {
    if (isChaveiroError(error)) throw error
    // The original error stays out: drivers quote addresses, commands and values.
    const kind = safeCode(error)
    const message = `The token store could not ${verb} the record${kind && ` (${kind})`}. Nothing was lost by that.`
    throw new ChaveiroError('store', message)
  }
}

/** Its code, else its name: read by shape, because an error may be of another realm. */
function safeCode(error: unknown): string {
  const { code, name }: { code?: unknown; name?: unknown } = typeof error === 'object' ? (error ?? {}) : {}
  if (typeof code === 'string' && /^[A-Z0-9_]{1,40}$/.test(code)) return code
  return typeof name === 'string' ? name : ''
}
