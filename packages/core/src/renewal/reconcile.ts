import {
  type AccountState,
  hasToken,
  markPersisted,
  remember,
  type Snapshot,
  tidyAgain,
} from '../account/account-state.ts'
import { isEnough, type Need } from '../account/need.ts'
import { isChaveiroError } from '../errors.ts'
import { type Engine, emit } from '../manager/engine.ts'
import { type Cell, commitCell } from '../store/store-cell.ts'
import { type Minted, takeBack, withoutMarks } from './commit.ts'
import { labelsOf } from './labels.ts'
import { dueFrom, lostTokens, retiringAfter } from './retiring.ts'

/**
 * Compares the store with memory. A snapshot: it is good enough, the flight is over. `again`: the record was written
 * anew. `undefined`: the record and memory agree, and a new token is needed.
 */
export async function reconcile<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  cell: Cell<M>,
  need: Need,
): Promise<Snapshot<M> | 'again' | undefined> {
  const { record } = cell
  const mine = state.snapshot
  if (mine && isBehind(engine, record, mine)) return storeAgain(engine, state, cell, mine, need)
  if (!hasToken(record)) {
    // Nothing stored: ended elsewhere, or never begun.
    state.snapshot = undefined
    return undefined
  }
  if (mine?.access.lineage === record.lineage && mine.access.generation === record.generation) return undefined
  const adopted = remember(engine, state, record, { persisted: true, minted: false })
  if (!isEnough(engine, adopted, need)) return undefined
  emit(engine, state.ref, { type: 'refresh.done', generation: record.generation, source: 'peer' })
  return adopted
}

/** Mine could not be stored, or the store lost a write. Where others share the store, an absent record was ended. */
function isBehind<Inputs, M>({ store }: Engine<Inputs, M>, record: Cell<M>['record'], mine: Snapshot<M>): boolean {
  if (record === undefined) return !store.durable && !mine.persisted
  return record.lineage === mine.access.lineage && record.generation < mine.access.generation
}

async function storeAgain<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  cell: Cell<M>,
  mine: Snapshot<M>,
  need: Need,
): Promise<Snapshot<M> | 'again'> {
  const { lineage, generation } = mine.access
  // The claim that mine was obtained under may still stand there, with what it asked for.
  const lost = lostTokens(engine, labelsOf(cell.record?.claim?.labels))
  const retiring = retiringAfter(engine, cell.record, mine.token, lost)
  const minted: Minted<M> = {
    ...withoutMarks(cell.record),
    v: 1,
    lineage,
    generation,
    token: mine.token,
    ...(retiring && { retiring }),
  }
  const { epoch } = state
  try {
    const version = await commitCell(engine, state, minted, cell.version)
    if (state.epoch !== epoch) {
      await takeBack(engine, state, generation, version)
      return 'again'
    }
    tidyAgain(state, dueFrom(retiring))
    const stored = markPersisted(engine, state, mine, true)
    return isEnough(engine, stored, need) ? stored : 'again'
  } catch (error) {
    if (!isChaveiroError(error)) throw error
    if (error.code === 'conflict' || state.epoch !== epoch) return 'again'
    emit(engine, state.ref, { type: 'persist.failed', generation, code: error.code })
    const kept = markPersisted(engine, state, mine, false)
    if (isEnough(engine, kept, need)) return kept
    // The record still holds what mine replaced: nothing may be sent with that.
    throw error
  }
}
