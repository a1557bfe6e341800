import type { AccountState } from '../account/account-state.ts'
import { sleep } from '../clock.ts'
import { ChaveiroError, isChaveiroError } from '../errors.ts'
import type { Engine } from '../manager/engine.ts'
import { type Cell, commitCell, readCell } from '../store/store-cell.ts'
import type { TokenRecord } from '../token/record.ts'
import { randomId } from '../token/token-key.ts'

// Room for what happens around an attempt: the store's own operations and a busy event loop.
const CLAIM_SLACK_MS = 10_000
const FRESH_FOR_MS = 10_000
const FIRST_POLL_MS = 50
const LONGEST_POLL_MS = 1_000

/** The right to send, as this flight holds it. In a store that is not shared it is held without writing anything. */
export interface Turn<M> {
  readonly owner: string
  /** The number that the answer will carry. */
  readonly generation: number
  /** What stood in the record when the turn began, without the claim. */
  readonly record: TokenRecord<M>
  /** The store's version that this flight's next commit replaces. */
  version: string | null
  /** Its predecessor was abandoned: that one's request may still be answered. */
  readonly tookOver: boolean
  /** Wall and monotonic time at which the claim was begun. */
  begun: { readonly wall: number; readonly monotonic: number }
}

/**
 * Tries to take the turn on the cell just read. Returns `undefined` when somebody else has it, after waiting a little:
 * read again. No clock is shared between processes: a claim is abandoned when it stood unchanged for its own time on
 * *our* monotonic clock.
 */
export async function takeTurn<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  cell: Cell<M>,
  polls: { count: number },
  signal: AbortSignal,
): Promise<Turn<M> | undefined> {
  const { claim, ...record }: TokenRecord<M> = cell.record ?? { v: 1, lineage: randomId(), generation: 0 }
  const generation = Math.max(record.generation, claim?.generation ?? 0) + 1
  const begun = { wall: engine.clock.now(), monotonic: engine.clock.monotonic() }
  const turn = { owner: randomId(), generation, record, tookOver: claim !== undefined, begun, version: cell.version }
  if (!engine.store.durable) return turn
  if (claim !== undefined && !isAbandoned(engine, state, cell.version, claim.ttlMs)) {
    await sleep(engine.clock, Math.min(FIRST_POLL_MS * 2 ** polls.count, LONGEST_POLL_MS), signal)
    polls.count += 1
    return undefined
  }
  return (await writeClaim(engine, state, turn)) ? turn : undefined
}

/** Just before each call: claims again when much time went by since, by either clock. Rejects with `conflict` when lost. */
export async function keepTurn<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  turn: Turn<M>,
): Promise<void> {
  if (!engine.store.durable) return
  const wall = engine.clock.now()
  const monotonic = engine.clock.monotonic()
  // A machine that slept shows it on the wall clock only, a clock that was set back on the monotonic one only.
  if (Math.max(wall - turn.begun.wall, monotonic - turn.begun.monotonic) <= FRESH_FOR_MS) return
  turn.begun = { wall, monotonic }
  if (!(await writeClaim(engine, state, turn))) {
    throw new ChaveiroError('conflict', 'The claim on the token was taken over meanwhile.', {
      provider: engine.provider.id,
    })
  }
}

/** Ends a turn without a result. Best effort: a claim that stays is waited out by the others. */
export async function leaveTurn<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  turn: Turn<M>,
  marks: Pick<TokenRecord<M>, 'rejected' | 'notBefore'>,
): Promise<void> {
  const marked = marks.rejected !== undefined || marks.notBefore !== undefined
  if (!engine.store.durable && !marked) return
  try {
    turn.version = await commitCell(engine, state, { ...turn.record, ...marks }, turn.version)
  } catch (error) {
    if (!isChaveiroError(error)) throw error
  }
}

async function writeClaim<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  turn: Turn<M>,
): Promise<boolean> {
  const { owner, generation } = turn
  const claim = { owner, generation, ttlMs: engine.tokenCallTimeoutMs + CLAIM_SLACK_MS }
  try {
    turn.version = await commitCell(engine, state, { ...turn.record, claim }, turn.version)
    return true
  } catch (error) {
    if (isChaveiroError(error) && error.code === 'conflict') return false
    // The answer to the commit was lost, not necessarily the commit: the owner tells.
    const now = await readCell(engine, state)
    if (now.record?.claim?.owner !== owner) throw error
    turn.version = now.version
    return true
  }
}

function isAbandoned<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  version: string | null,
  ttlMs: number,
): boolean {
  const now = engine.clock.monotonic()
  if (version !== null && state.claimSeen?.version !== version) state.claimSeen = { version, since: now }
  return state.claimSeen !== undefined && now - state.claimSeen.since >= ttlMs
}
