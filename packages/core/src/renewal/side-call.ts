import type { AccountState } from '../account/account-state.ts'
import { type ErrorCode, isChaveiroError } from '../errors.ts'
import type { Engine } from '../manager/engine.ts'
import type { ProviderIo, ProviderPhase } from '../provider/token-provider.ts'
import { describeFailure } from './call-failure.ts'
import { type ResolvedInputs, resolveInputs } from './credentials.ts'
import { untilDeadline } from './deadline.ts'
import { failureError } from './failure-error.ts'
import { type GuardedIo, guardedIo } from './provider-io.ts'

/** What a call beside the token calls brought, or the code of its failure. */
export type SideResult<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly code: ErrorCode }

/** What a side call is about. */
export interface SideCall<Inputs, M> {
  readonly state: Pick<AccountState<M>, 'ref'>
  readonly phase: Extract<ProviderPhase, 'revoke' | 'list'>
  /** Strings that must not show, besides the inputs. */
  readonly secrets?: readonly string[] | undefined
  /** Read anew where they are not at hand. */
  readonly resolved?: ResolvedInputs<Inputs> | undefined
}

/**
 * A call to the provider that brings no token: one try within the time of a token call. Never rejects: inputs that
 * cannot be read are a failure like another.
 */
export async function sideCall<Inputs, M, T>(
  engine: Engine<Inputs, M>,
  { state, phase, secrets = [], resolved }: SideCall<Inputs, M>,
  call: (io: ProviderIo, inputs: Inputs) => Promise<T>,
): Promise<SideResult<T>> {
  const { provider, clock } = engine
  let guarded: GuardedIo | undefined
  try {
    const value = await untilDeadline(clock, engine.tokenCallTimeoutMs, async (signal) => {
      const read = resolved ?? (await resolveInputs(engine, state.ref))
      guarded = guardedIo({
        provider,
        fetch: engine.fetch,
        clock,
        signal,
        secrets: [...secrets, ...read.secrets],
        token: (scheme, options) => engine.parentToken(state.ref, scheme, options),
        label: async () => {},
        onSent: () => {},
        onSkew: () => {},
      })
      return call(guarded.io, read.inputs)
    })
    return { ok: true, value }
  } catch (error) {
    const answered = guarded?.lastExchange()?.sent === 'answered'
    if (answered) return { ok: false, code: failureError(describeFailure(engine, phase, error, guarded)).code }
    return { ok: false, code: isChaveiroError(error) ? error.code : 'unavailable' }
  }
}
