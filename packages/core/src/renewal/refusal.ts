import type { AccountState } from '../account/account-state.ts'
import type { Engine } from '../manager/engine.ts'
import type { Refusal, Refusals, TokenRecord } from '../token/record.ts'
import { credentialsMark, hasMark, type ResolvedInputs } from './credentials.ts'

const HOUR = 3_600_000
// One bad hour of a vendor must not need a person: what was refused is tried again, seldom.
const FIRST_PROBE_MS = 6 * HOUR
const LATER_PROBES_MS = 24 * HOUR

/** The refusals that hold for a record, from the store and from memory. Those of another generation are history. */
export function refusalsOf<M>(state: AccountState<M>, record: TokenRecord<M> | undefined): Refusals {
  const remembered = state.rejected?.lineage === lineageOf(record) ? state.rejected : undefined
  const holding = (kind: keyof Refusals): Refusal | undefined =>
    [remembered?.[kind], record?.rejected?.[kind]]
      .filter((refusal) => refusal?.generation === (record?.generation ?? 0))
      .reduce(later, undefined)
  return { refresh: holding('refresh'), credentials: holding('credentials') }
}

/** Each process tries again for all of them: the last refusal counts, whoever met it. */
function later(a: Refusal | undefined, b: Refusal | undefined): Refusal | undefined {
  return a === undefined || (b !== undefined && b.at > a.at) ? b : a
}

// While there is no token every flight begins a lineage of its own; the refusal is about the account.
function lineageOf<M>(record: TokenRecord<M> | undefined): string | undefined {
  return record?.token === undefined ? undefined : record.lineage
}

/** Does a refusal still keep us from calling? Not when it is time to probe, nor when the credentials have changed. */
export async function stillRefused<Inputs, M>(
  engine: Engine<Inputs, M>,
  refusal: Refusal | undefined,
  resolved: ResolvedInputs<Inputs>,
): Promise<boolean> {
  if (refusal === undefined) return false
  if (refusal.mark !== undefined && !(await hasMark(refusal.mark, resolved.entries))) return false
  return refusedUntil(engine, refusal) > engine.clock.now()
}

/** The instant from which the same credentials may be tried again; infinite in either direction: never, or at once. */
export function refusedUntil<Inputs, M>({ provider, clock }: Engine<Inputs, M>, refusal: Refusal | undefined): number {
  if (refusal === undefined) return Number.NEGATIVE_INFINITY
  if (provider.probeRejected === false) return Number.POSITIVE_INFINITY
  const pause = refusal.probes === 0 ? FIRST_PROBE_MS : LATER_PROBES_MS
  // An instant far ahead of us was written by a clock that was wrong, and must not count for ever.
  return refusal.at - clock.now() < pause ? refusal.at + pause : Number.NEGATIVE_INFINITY
}

/** Adds one more refusal to those known, and remembers them. */
export async function noteRefusal<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  record: TokenRecord<M>,
  kind: keyof Refusals,
  resolved: ResolvedInputs<Inputs>,
): Promise<void> {
  const known = refusalsOf(state, record)
  const previous = known[kind]
  const sameCredentials = previous?.mark === undefined || (await hasMark(previous.mark, resolved.entries))
  const refusal: Refusal = {
    generation: record.generation,
    at: engine.clock.now(),
    probes: previous !== undefined && sameCredentials ? previous.probes + 1 : 0,
    mark: await credentialsMark(resolved.entries),
  }
  state.rejected = { ...known, [kind]: refusal, lineage: lineageOf(record) }
}

/** What of the refusals may be written: a mark of credentials only where nobody can read it without a key. */
export function storableRefusals<M>(state: AccountState<M>, sealed: boolean): Refusals | undefined {
  if (state.rejected === undefined) return undefined
  const { refresh, credentials } = state.rejected
  const kept = {
    ...(refresh && { refresh: sealed ? refresh : unmarked(refresh) }),
    ...(sealed && credentials && { credentials }),
  }
  return Object.keys(kept).length > 0 ? kept : undefined
}

function unmarked({ generation, at, probes }: Refusal): Refusal {
  return { generation, at, probes }
}
