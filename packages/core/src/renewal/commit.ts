import { type AccountState, hasToken, remember, type Snapshot } from '../account/account-state.ts'
import { sleep } from '../clock.ts'
import { ChaveiroError, isChaveiroError } from '../errors.ts'
import { type Engine, emit } from '../manager/engine.ts'
import type { Grant } from '../provider/token-provider.ts'
import { type Cell, commitCell, readCell } from '../store/store-cell.ts'
import type { TokenRecord, TokenSet } from '../token/record.ts'
import type { Turn } from './claim.ts'

const ATTEMPTS = 3
const PAUSE_MS = 50

type Minted<M> = TokenRecord<M> & { readonly token: TokenSet<M> }

/** How a superseded or unstorable token is taken out of the world. */
export type Disposal<M> = (token: TokenSet<M>) => Promise<void>

/**
 * Stores a new token before anybody sees it. An answer in hand is never dropped because somebody else claimed
 * meanwhile; it is dropped, and revoked, only for a newer one, a new lineage, or an end.
 */
export async function commitGrant<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  turn: Turn<M>,
  grant: Grant<M>,
  phase: 'acquire' | 'refresh',
  dispose: Disposal<M>,
): Promise<Snapshot<M>> {
  const { epoch } = state
  const minted = mintedRecord(engine, turn, grant, phase)
  try {
    await commitWithRetries(engine, state, minted, turn.version)
  } catch (error) {
    if (!isChaveiroError(error)) throw error
    if (error.code === 'conflict') return settleConflict(engine, state, turn, minted, dispose)
    return unstorable(engine, state, minted, error, epoch, dispose)
  }
  emit(engine, state.ref, { type: 'refresh.done', generation: minted.generation, source: 'provider' })
  return remember(engine, state, minted, { persisted: true, minted: true })
}

/** Tries again to store a token that the store did not take (rule 6). `undefined`: it still does not. */
export async function persistAgain<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  cell: Cell<M>,
  snapshot: Snapshot<M>,
): Promise<Snapshot<M> | undefined> {
  const { lineage, generation } = snapshot.access
  const minted: Minted<M> = { ...withoutMarks(cell.record), v: 1, lineage, generation, token: snapshot.token }
  try {
    await commitCell(engine, state, minted, cell.version)
    return remember(engine, state, minted, { persisted: true, minted: snapshot.minted })
  } catch (error) {
    if (!isChaveiroError(error)) throw error
    emit(engine, state.ref, { type: 'persist.failed', generation, code: error.code })
    return undefined
  }
}

function mintedRecord<Inputs, M>(
  engine: Engine<Inputs, M>,
  turn: Turn<M>,
  grant: Grant<M>,
  phase: 'acquire' | 'refresh',
): Minted<M> {
  const { token: previous } = turn.record
  // An answer without a refresh token, scopes or handle leaves the old ones in force (RFC 6749 §6).
  const kept: Partial<TokenSet<M>> = phase === 'refresh' && previous !== undefined ? keptFields(previous, grant) : {}
  const token: TokenSet<M> = { ...kept, ...grant, obtainedAt: engine.clock.now() }
  return { ...withoutMarks(turn.record), v: 1, lineage: turn.record.lineage, generation: turn.generation, token }
}

function keptFields<M>(previous: TokenSet<M>, grant: Grant<M>): Partial<TokenSet<M>> {
  const { accessToken: _, obtainedAt: __, expiresAt: ___, refreshExpiresAt, ...kept } = previous
  const sameRefreshToken = grant.refreshToken === undefined || grant.refreshToken === previous.refreshToken
  return sameRefreshToken && refreshExpiresAt !== undefined ? { ...kept, refreshExpiresAt } : kept
}

/** A success answers whatever was held against the account. */
function withoutMarks<M>(record: TokenRecord<M> | undefined): Partial<TokenRecord<M>> {
  if (record === undefined) return {}
  const { claim: _, rejected: __, notBefore: ___, ...rest } = record
  return rest
}

async function commitWithRetries<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  record: Minted<M>,
  expect: string | null,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await commitCell(engine, state, record, expect)
      return
    } catch (error) {
      const conflict = isChaveiroError(error) && error.code === 'conflict'
      // A conflict after a failed attempt may be our own write, whose answer was lost.
      if (conflict && attempt > 1 && (await isMine(engine, state, record))) return
      if (conflict || attempt >= ATTEMPTS) throw error
      emit(engine, state.ref, { type: 'persist.failed', generation: record.generation, code: 'store' })
      await sleep(engine.clock, PAUSE_MS * 2 ** attempt)
    }
  }
}

async function isMine<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  record: Minted<M>,
): Promise<boolean> {
  const { record: stored } = await readCell(engine, state)
  return stored?.lineage === record.lineage && stored.token?.accessToken === record.token.accessToken
}

async function settleConflict<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  turn: Turn<M>,
  minted: Minted<M>,
  dispose: Disposal<M>,
): Promise<Snapshot<M>> {
  const cell = await readCell(engine, state)
  const { record } = cell
  if (record?.lineage === minted.lineage && record.generation <= turn.record.generation) {
    // Only a claim was put over what I refreshed from: my answer wins.
    const generation = Math.max(minted.generation, (record.claim?.generation ?? 0) + 1)
    return commitGrant(engine, state, { ...turn, generation, version: cell.version }, minted.token, 'acquire', dispose)
  }
  if (hasToken(record) && record.token.accessToken === minted.token.accessToken) {
    return remember(engine, state, record, { persisted: true, minted: true })
  }
  await dispose(minted.token)
  if (hasToken(record)) {
    emit(engine, state.ref, { type: 'refresh.done', generation: record.generation, source: 'peer' })
    return remember(engine, state, record, { persisted: true, minted: false })
  }
  state.snapshot = undefined
  throw new ChaveiroError('aborted', 'The account was ended while a token was on its way. Ask again to begin anew.', {
    provider: engine.provider.id,
  })
}

async function unstorable<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  minted: Minted<M>,
  error: ChaveiroError,
  epoch: number,
  dispose: Disposal<M>,
): Promise<Snapshot<M>> {
  emit(engine, state.ref, { type: 'persist.failed', generation: minted.generation, code: error.code })
  if (engine.persistFailure === 'revoke') await dispose(minted.token)
  // Signed in or out meanwhile: the new lineage stands in memory already.
  if (engine.persistFailure !== 'serve-and-retry' || state.epoch !== epoch) throw error
  emit(engine, state.ref, { type: 'refresh.done', generation: minted.generation, source: 'provider' })
  return remember(engine, state, minted, { persisted: false, minted: true })
}
