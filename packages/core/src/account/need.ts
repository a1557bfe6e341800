import type { Engine } from '../manager/engine.ts'
import { effectiveNow, type Snapshot, waitFrom } from './account-state.ts'

/** What a caller needs beyond a valid token. */
export interface Need {
  /** This generation, or an older one, does not serve: it was refused. */
  readonly newerThan?: Generation | undefined
  readonly minValidityMs?: number | undefined
}

/** Which token of which line of succession. */
export interface Generation {
  readonly lineage: string
  readonly generation: number
}

/** Is it another token than that one, and not an older one? Another lineage always counts as newer. */
export function isNewer<M>({ access }: Snapshot<M>, than: Generation): boolean {
  return access.lineage !== than.lineage || access.generation > than.generation
}

/** Is it valid, and does it meet the need? Also inside the expiry margin. */
export function serves<Inputs, M>(engine: Engine<Inputs, M>, snapshot: Snapshot<M>, need: Need): boolean {
  return meets(engine, snapshot, need, snapshot.access.expiresAt)
}

/** Is it so good that no token call is needed for it? Inside the expiry margin it is not. */
export function isEnough<Inputs, M>(engine: Engine<Inputs, M>, snapshot: Snapshot<M>, need: Need): boolean {
  return meets(engine, snapshot, need, waitFrom(engine, snapshot))
}

function meets<Inputs, M>(
  { clock }: Engine<Inputs, M>,
  snapshot: Snapshot<M>,
  { newerThan, minValidityMs = 0 }: Need,
  end = Number.POSITIVE_INFINITY,
): boolean {
  if (newerThan && !isNewer(snapshot, newerThan)) return false
  const judgedAt = effectiveNow(snapshot, clock.now(), clock.monotonic())
  const { expiresAt = Number.POSITIVE_INFINITY } = snapshot.access
  return judgedAt < end && expiresAt - judgedAt >= minValidityMs
}
