import { type AccountState, tidyAgain } from '../account/account-state.ts'
import { sleep } from '../clock.ts'
import { ChaveiroError, isChaveiroError } from '../errors.ts'
import type { Engine } from '../manager/engine.ts'
import { type Cell, commitCell, readCell } from '../store/store-cell.ts'
import type { Claim, RetiredToken, TokenRecord } from '../token/record.ts'
import { randomId } from '../token/token-key.ts'
import type { FlightRun } from './flight-run.ts'
import { type Labels, labelsOf, openLabels } from './labels.ts'
import { dueFrom, lostTokens } from './retiring.ts'

// Room for what happens around an attempt: the store's own operations and a busy event loop.
export const CLAIM_SLACK_MS = 10_000
const FRESH_FOR_MS = 10_000
const FIRST_POLL_MS = 50
const LONGEST_POLL_MS = 1_000

/** The right to send, as this flight holds it. In a store that is not shared it is held without writing anything. */
export interface Turn<M> {
  readonly claim: Claim
  /** What stood in the record when the turn began, without the claim. */
  readonly record: TokenRecord<M>
  /** There was no record. */
  readonly isNew: boolean
  /** Its predecessor was abandoned: that one's request may still be answered. */
  readonly tookOver: boolean
  /** The account's `epoch` when the record was read. */
  readonly epoch: number
  /** The store's version that this flight's next commit replaces. */
  version: string | null
  /** Wall and monotonic time at which the claim was begun. */
  begun: { readonly wall: number; readonly monotonic: number }
  /** What lost answers are found by. */
  readonly labels: Labels
  /** Somebody took the claim over. */
  lost: boolean
  /** The last time that it was claimed again, perhaps still under way. */
  renewal?: Promise<void> | undefined
  /** Somebody signed in or out here before the call was made: what it would be made with is history. */
  outdated: boolean
}

/** Does somebody else hold the right to send? Then the flight reads again until the claim is gone or abandoned. */
export function isClaimed<Inputs, M>(engine: Engine<Inputs, M>, state: AccountState<M>, cell: Cell<M>): boolean {
  const claim = claimOf(engine, cell)
  return claim !== undefined && !isAbandoned(engine, state, cell.version, claim.ttlMs)
}

/** A little pause before the next look at somebody else's claim. */
export function awaitClaim<Inputs, M>(engine: Engine<Inputs, M>, run: FlightRun): Promise<void> {
  const pause = Math.min(FIRST_POLL_MS * 2 ** run.polls, LONGEST_POLL_MS)
  run.polls += 1
  return sleep(engine.clock, pause, run.control.signal)
}

/** The claim that stands in a cell. Where nobody shares the store there is none to heed. */
export function claimOf<Inputs, M>({ store }: Engine<Inputs, M>, { record }: Cell<M>): Claim | undefined {
  return store.durable ? record?.claim : undefined
}

/** Tries to take the turn on the cell just read. `undefined`: somebody was faster; read again. */
export async function takeTurn<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  cell: Cell<M>,
  epoch: number,
): Promise<Turn<M> | undefined> {
  const { durable } = engine.store
  const { claim: abandoned, ...record }: TokenRecord<M> = cell.record ?? { v: 1, lineage: randomId(), generation: 0 }
  const { labels: inherited, ...handedOn }: Partial<Claim> = abandoned ?? {}
  const claim: Claim = {
    // What a claim carries beyond its own fields is handed on to whoever takes it over.
    ...handedOn,
    owner: randomId(),
    generation: Math.max(record.generation, abandoned?.generation ?? 0) + 1,
    ttlMs: engine.tokenCallTimeoutMs + CLAIM_SLACK_MS,
  }
  const turn: Turn<M> = {
    claim,
    record,
    isNew: cell.version === null,
    tookOver: claimOf(engine, cell) !== undefined,
    epoch,
    version: cell.version,
    begun: reading(engine),
    labels: durable ? labelsOf(inherited) : labelsOf([], state.lost),
    lost: false,
    outdated: false,
  }
  if (!durable) return turn
  return (await writeClaim(engine, state, turn)) ? turn : undefined
}

/** Just before each call: claims again when much time went by since, by either clock. Rejects when the turn is over. */
export async function keepTurn<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  turn: Turn<M>,
): Promise<void> {
  if (state.epoch !== turn.epoch) {
    turn.outdated = true
    throw new ChaveiroError('conflict', 'The account was signed in or out in the meantime.')
  }
  if (!engine.store.durable) return
  const now = reading(engine)
  // A machine that slept shows it on the wall clock only, a clock that was set back on the monotonic one only.
  const age = Math.max(now.wall - turn.begun.wall, now.monotonic - turn.begun.monotonic)
  if (age > FRESH_FOR_MS || turn.lost) await claimAgain(engine, state, turn)
}

/** Before the request leaves: writes the end that it asks for where whoever takes the claim over finds it. */
export async function labelTurn<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  turn: Turn<M>,
  expiresAt: number,
): Promise<void> {
  turn.labels.own.add(expiresAt)
  if (engine.store.durable) await claimAgain(engine, state, turn)
}

/** One after the other: an attempt that ran out of time, as in a suspended process, may still be at it beside the next. */
function claimAgain<Inputs, M>(engine: Engine<Inputs, M>, state: AccountState<M>, turn: Turn<M>): Promise<void> {
  const before = turn.renewal
  const claimOnceMore = async (): Promise<void> => {
    await before?.catch(() => {})
    const begun = reading(engine)
    if (!turn.lost && (await writeClaim(engine, state, turn))) {
      // Only now: whoever looks meanwhile has to wait.
      turn.begun = begun
      return
    }
    turn.lost = true
    throw new ChaveiroError('conflict', 'Another process took over the claim on the token.')
  }
  turn.renewal = claimOnceMore()
  return turn.renewal
}

/**
 * Ends a turn without a result. `claimStays`: the refresh token may be spent, so the others wait the claim out. Best
 * effort: what cannot be written is waited out as well.
 */
export async function leaveTurn<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  turn: Turn<M>,
  marks: Pick<TokenRecord<M>, 'rejected' | 'notBefore'>,
  claimStays: boolean,
): Promise<void> {
  const { durable } = engine.store
  const lost = claimStays || !durable ? [] : lostTokens(engine, turn.labels)
  const marked = marks.rejected !== undefined || marks.notBefore !== undefined || lost.length > 0
  const record = { ...turn.record, ...marks, ...retiringWith(turn.record, lost) }
  const unchanged = durable ? claimStays && !marked : !marked
  try {
    if (!unchanged)
      turn.version = await commitCell(engine, state, left(turn, record, marked, durable && claimStays), turn.version)
  } catch (error) {
    if (!isChaveiroError(error)) throw error
  }
  if (lost.length > 0) tidyAgain(state, dueFrom(record.retiring))
  if (!durable) keepInMemory(state, turn.labels)
  // Our own next flight need not wait for longer than everybody else.
  if (durable && claimStays && turn.version !== null) {
    const since = unchanged ? turn.begun.monotonic : engine.clock.monotonic()
    state.claimSeen = { version: turn.version, since, ttlMs: turn.claim.ttlMs }
  } else if (state.claimSeen) state.claimSeen = undefined
}

function retiringWith<M>({ retiring = [] }: TokenRecord<M>, lost: readonly RetiredToken[]): Partial<TokenRecord<M>> {
  return lost.length > 0 ? { retiring: [...retiring, ...lost] } : {}
}

/** Where no store is shared, no claim remembers what was asked for. */
export function keepInMemory<M>(state: AccountState<M>, labels: Labels): void {
  const open = openLabels(labels)
  if (open.length > 0 || state.lost) state.lost = open.length > 0 ? open : undefined
}

/** What a turn leaves behind: nothing where there was nothing. */
function left<M>(turn: Turn<M>, record: TokenRecord<M>, marked: boolean, claimStays: boolean): TokenRecord<M> | null {
  if (claimStays) return { ...record, claim: labelled(turn) }
  return turn.isNew && !marked ? null : record
}

async function writeClaim<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  turn: Turn<M>,
): Promise<boolean> {
  const { claim, record } = turn
  try {
    turn.version = await commitCell(engine, state, { ...record, claim: labelled(turn) }, turn.version)
    return true
  } catch (error) {
    if (isChaveiroError(error) && error.code === 'conflict') return false
    // Also if the claim was written: what can't be understood now can't be later.
    if (isChaveiroError(error) && error.action === 'fix-configuration') throw error
    // The answer to the commit was lost, not necessarily the commit: the owner tells.
    const now = await readCell(engine, state)
    if (now.record?.claim?.owner === claim.owner) {
      turn.version = now.version
      return true
    }
    // Somebody has gone on from it meanwhile: a process that was suspended hears of a time-out first, and then of that.
    if (now.version !== turn.version) return false
    throw error
  }
}

function labelled<M>({ claim, labels }: Turn<M>): Claim {
  const open = openLabels(labels)
  return open.length > 0 ? { ...claim, labels: open } : claim
}

function isAbandoned<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  version: string | null,
  ttlMs: number,
): boolean {
  const now = engine.clock.monotonic()
  if (version !== null && state.claimSeen?.version !== version) state.claimSeen = { version, since: now, ttlMs }
  return state.claimSeen !== undefined && now - state.claimSeen.since >= ttlMs
}

function reading<Inputs, M>({ clock }: Engine<Inputs, M>): Turn<M>['begun'] {
  return { wall: clock.now(), monotonic: clock.monotonic() }
}
