import { type AccountState, hasToken, remember, type Snapshot } from '../account/account-state.ts'
import { sleep } from '../clock.ts'
import { ChaveiroError, isChaveiroError } from '../errors.ts'
import { type Engine, emit } from '../manager/engine.ts'
import type { Grant } from '../provider/token-provider.ts'
import { commitCell, readCell } from '../store/store-cell.ts'
import type { TokenRecord, TokenSet } from '../token/record.ts'
import type { Turn } from './claim.ts'
import { withInherited } from './labels.ts'
import { lostTokens, retiringAfter } from './retiring.ts'
import { pauseForRivals } from './rivals.ts'

const ATTEMPTS = 3
const PAUSE_MS = 50

/** A record that holds a token. */
export type Minted<M> = TokenRecord<M> & { readonly token: TokenSet<M> }

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
  lostTries = 0,
): Promise<Snapshot<M>> {
  const minted = mintedRecord(engine, turn, grant, phase)
  if (isOutdated(state, turn)) return settleConflict(engine, state, turn, minted, dispose, lostTries)
  let version: string | null
  try {
    version = await commitWithRetries(engine, state, minted, turn.version)
  } catch (error) {
    if (!isChaveiroError(error)) throw error
    if (error.code === 'conflict') return settleConflict(engine, state, turn, minted, dispose, lostTries)
    return unstorable(engine, state, turn, minted, error, dispose)
  }
  if (isOutdated(state, turn)) {
    await takeBack(engine, state, minted.generation, version)
    return settleConflict(engine, state, turn, minted, dispose, lostTries)
  }
  emit(engine, state.ref, { type: 'refresh.done', generation: minted.generation, source: 'provider' })
  if (state.lost) state.lost = undefined
  return remember(engine, state, minted, { persisted: true, minted: true })
}

/** Somebody signed in or out here since the turn began: nothing of before may be written or remembered. */
function isOutdated<M>(state: AccountState<M>, turn: Turn<M>): boolean {
  return state.epoch !== turn.epoch
}

/** Deletes what was being stored while the end came, which found nothing to delete yet. */
export async function takeBack<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  generation: number,
  version: string | null,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await commitCell(engine, state, null, version)
      return
    } catch (error) {
      if (!isChaveiroError(error)) throw error
      // A conflict is a new sign-in, which stands.
      if (error.code === 'conflict') return
      if (attempt >= ATTEMPTS) {
        // What stays in the store will have been revoked.
        emit(engine, state.ref, { type: 'persist.failed', generation, code: error.code })
        return
      }
      await sleep(engine.clock, PAUSE_MS * 2 ** attempt)
    }
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
  const { claim, record } = turn
  const retiring = retiringAfter(engine, record, token, lostTokens(engine, turn.labels))
  return {
    ...withoutMarks(record),
    v: 1,
    lineage: record.lineage,
    generation: claim.generation,
    token,
    ...(retiring && { retiring }),
  }
}

function keptFields<M>(previous: TokenSet<M>, grant: Grant<M>): Partial<TokenSet<M>> {
  const {
    accessToken: _,
    obtainedAt,
    expiresAt: __,
    refreshExpiresAt: end,
    refreshObtainedAt,
    supplied: ___,
    ...kept
  } = previous
  const sameToken = grant.refreshToken === undefined || grant.refreshToken === previous.refreshToken
  const sameEnd = grant.refreshExpiresAt === undefined || grant.refreshExpiresAt === end
  if (end === undefined || !sameToken || !sameEnd) return kept
  return { ...kept, refreshExpiresAt: end, refreshObtainedAt: refreshObtainedAt ?? obtainedAt }
}

/** A success answers whatever was held against the account. */
export function withoutMarks<M>(record: TokenRecord<M> | undefined): Partial<TokenRecord<M>> {
  if (record === undefined) return {}
  const { claim: _, rejected: __, notBefore: ___, ...rest } = record
  return rest
}

async function commitWithRetries<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  record: Minted<M>,
  expect: string | null,
): Promise<string | null> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await commitCell(engine, state, record, expect)
    } catch (error) {
      const conflict = isChaveiroError(error) && error.code === 'conflict'
      // A conflict after a failed attempt may be our own write, whose answer was lost.
      const mine = conflict && attempt > 1 ? await versionOfMine(engine, state, record) : undefined
      if (mine !== undefined) return mine
      if (conflict || attempt >= ATTEMPTS || needsFix(error)) throw error
      emit(engine, state.ref, { type: 'persist.failed', generation: record.generation, code: 'store' })
      await sleep(engine.clock, PAUSE_MS * 2 ** attempt)
    }
  }
}

/** The store's answer was not understood, and the next one won't be. */
function needsFix(error: unknown): boolean {
  return isChaveiroError(error) && error.action === 'fix-configuration'
}

async function versionOfMine<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  record: Minted<M>,
): Promise<string | null | undefined> {
  const { record: stored, version } = await readCell(engine, state)
  return isSameToken(stored, record) ? version : undefined
}

function isSameToken<M>(stored: TokenRecord<M> | undefined, minted: Minted<M>): boolean {
  return stored?.lineage === minted.lineage && stored.token?.accessToken === minted.token.accessToken
}

async function settleConflict<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  turn: Turn<M>,
  minted: Minted<M>,
  dispose: Disposal<M>,
  lostTries: number,
): Promise<Snapshot<M>> {
  const { epoch } = state
  const cell = await readCell(engine, state).catch((error: unknown) => {
    if (isChaveiroError(error)) return error
    throw error
  })
  if (isChaveiroError(cell)) return unstorable(engine, state, turn, minted, cell, dispose)
  const { version, record } = cell
  const isOurs = record?.lineage === minted.lineage
  if (isOurs && record.generation <= turn.record.generation && !isOutdated(state, turn)) {
    // Only a claim was put over what I refreshed from: my answer wins, with a number that no other answer has.
    const generation = Math.max(minted.generation, (record.claim?.generation ?? 0) + 1)
    const next = {
      ...turn,
      claim: { ...turn.claim, generation },
      record: { ...turn.record, retiring: record.retiring },
      labels: withInherited(turn.labels, record.claim?.labels),
      version,
    }
    const tries = lostTries + 1
    try {
      await pauseForRivals(engine.clock, tries)
    } catch (error) {
      if (!isChaveiroError(error)) throw error
      return unstorable(engine, state, turn, minted, error, dispose)
    }
    return commitGrant(engine, state, next, minted.token, 'acquire', dispose, tries)
  }
  const stands = hasToken(record) && !(isOurs && isOutdated(state, turn)) ? record : undefined
  const isMine = stands !== undefined && isSameToken(stands, minted)
  if (!isMine) await dispose(minted.token)
  // Somebody signed in or out while the store or the provider answered: what was read is history.
  if (state.epoch !== epoch) return settleConflict(engine, state, turn, minted, async () => {}, lostTries)
  if (stands === undefined) {
    if (!isOutdated(state, turn)) state.snapshot = undefined
    throw new ChaveiroError(
      'aborted',
      'The account was signed out while a token was on its way. Ask again for a new one.',
    )
  }
  emit(engine, state.ref, { type: 'refresh.done', generation: stands.generation, source: isMine ? 'provider' : 'peer' })
  return remember(engine, state, stands, { persisted: true, minted: isMine })
}

async function unstorable<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  turn: Turn<M>,
  minted: Minted<M>,
  error: ChaveiroError,
  dispose: Disposal<M>,
): Promise<Snapshot<M>> {
  emit(engine, state.ref, { type: 'persist.failed', generation: minted.generation, code: error.code })
  // Served, a first token would hide that this store never takes one. Signed in or out since: memory has the new lineage.
  const isDropped = isOutdated(state, turn) || (turn.isNew && needsFix(error))
  if (engine.persistFailure === 'revoke' || isDropped) await dispose(minted.token)
  if (engine.persistFailure !== 'serve-and-retry' || isDropped) throw error
  emit(engine, state.ref, { type: 'refresh.done', generation: minted.generation, source: 'provider' })
  return remember(engine, state, minted, { persisted: false, minted: true })
}
