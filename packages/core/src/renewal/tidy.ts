import { type AccountState, tidyAgain } from '../account/account-state.ts'
import { outlast, sharedWork } from '../account/while-alive.ts'
import { type Engine, emit } from '../manager/engine.ts'
import { type Cell, commitCell, readCell } from '../store/store-cell.ts'
import type { RetiredToken, TokenRecord } from '../token/record.ts'
import { claimOf } from './claim.ts'
import { revokeOrphans } from './orphans.ts'
import { dueFrom, knownIds } from './retiring.ts'
import { tryRevoke } from './revocation.ts'

// A token that could not be revoked is tried again on a later use, and ends by itself in the meantime.
const TRY_AGAIN_MS = 60 * 60_000
// What ended by itself is left alone, once no clock that is wrong by hours can have made it look so.
const SURELY_ENDED_MS = 24 * 60 * 60_000
// Somebody else is at work on the record: what he leaves is looked at soon.
const LOOK_AGAIN_MS = 60_000

/** Starts to revoke what is due of the tokens that nobody uses any more. Nobody waits for it. */
export function tidyInBackground<Inputs, M>(engine: Engine<Inputs, M>, state: AccountState<M>): void {
  const { tidyFrom } = state
  if (tidyFrom === undefined || state.tidying || engine.clock.now() < tidyFrom) return
  const work = tidy(engine, state, false)
  try {
    engine.waitUntil?.(work)
  } catch {
    // A platform whose request is over already: the next use tries again.
  }
}

/** Before a manager closes: what is under way, and, where nobody shares the store, all that is left. */
export async function tidyAtClose<Inputs, M>(engine: Engine<Inputs, M>, state: AccountState<M>): Promise<void> {
  await outlast(engine.clock, engine.tokenCallTimeoutMs, state.tidying)
  if (state.tidyFrom !== undefined) await tidy(engine, state, !engine.store.durable)
  // What only this process remembers.
  const { lost = [], snapshot } = state
  const known = new Set([snapshot?.token.id].filter((id) => id !== undefined))
  if (lost.length > 0) await revokeOrphans(engine, { state, ends: lost, known })
}

/** Revokes what is due, or all. Never rejects: what fails is an event, and is tried again later. */
function tidy<Inputs, M>(engine: Engine<Inputs, M>, state: AccountState<M>, all: boolean): Promise<void> {
  // Back on the fast path meanwhile.
  tidyAgain(state, undefined)
  const work = tidyAndNote(engine, state, all)
  state.tidying = sharedWork(work)
  return work
}

async function tidyAndNote<Inputs, M>(engine: Engine<Inputs, M>, state: AccountState<M>, all: boolean): Promise<void> {
  let next: number | undefined
  try {
    next = await tidyRecord(engine, state, all)
  } catch {
    next = engine.clock.now() + LOOK_AGAIN_MS
  }
  state.tidying = undefined
  // A flight may have replaced the token meanwhile, and retired the one before it.
  const open = [next, state.tidyFrom].filter((instant) => instant !== undefined)
  tidyAgain(state, open.length > 0 ? Math.min(...open) : undefined)
}

/** Resolves with the instant from which there is something to do again. */
async function tidyRecord<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  all: boolean,
): Promise<number | undefined> {
  const cell = await readCell(engine, state)
  const { record } = cell
  if (!record?.retiring) return undefined
  const now = engine.clock.now()
  // Whoever holds the claim replaces the record soon, and hands on what is left.
  if (claimOf(engine, cell)) return now + LOOK_AGAIN_MS
  const due = record.retiring.filter(({ from }) => all || from <= now)
  const later = record.retiring.filter((retired) => !due.includes(retired))
  const kept = [...later, ...(await revokeRetired(engine, state, due, knownIds(record)))]
  return storeKept(engine, state, cell, record, kept)
}

/** Revokes them, by their handles or by what their answers were asked for. Returns those that are to be tried again. */
export async function revokeRetired<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: Pick<AccountState<M>, 'ref'>,
  retiring: readonly RetiredToken[],
  known: ReadonlySet<string>,
): Promise<readonly RetiredToken[]> {
  const now = engine.clock.now()
  const again: RetiredToken[] = []
  const lost: number[] = []
  for (const retired of retiring) {
    const { id, expiresAt = Number.POSITIVE_INFINITY } = retired
    if (expiresAt + SURELY_ENDED_MS <= now) continue
    if (id === undefined) {
      lost.push(expiresAt)
      continue
    }
    const code = await tryRevoke(engine, state, { id })
    if (code === undefined) continue
    emit(engine, state.ref, { type: 'revoke.failed', code })
    again.push({ ...retired, from: now + TRY_AGAIN_MS })
  }
  if (lost.length === 0) return again
  const { failed } = await revokeOrphans(engine, { state, ends: lost, known })
  return [...again, ...failed.map((expiresAt) => ({ expiresAt, from: now + TRY_AGAIN_MS }))]
}

/** Writes what is left. Where somebody changed the record meanwhile, what he wrote stands, and is looked at again. */
async function storeKept<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  { version }: Cell<M>,
  record: TokenRecord<M>,
  kept: readonly RetiredToken[],
): Promise<number | undefined> {
  const { retiring: _, ...rest } = record
  const next: TokenRecord<M> = kept.length > 0 ? { ...rest, retiring: kept } : rest
  // Not the last thing that it held: a record without a token is there for its marks, or for nothing.
  const isEmpty = kept.length === 0 && !record.token && !record.rejected && record.notBefore === undefined
  await commitCell(engine, state, isEmpty ? null : next, version)
  return dueFrom(kept)
}
