import type { AccountState } from '../account/account-state.ts'
import { ChaveiroError, type ErrorCode, isChaveiroError } from '../errors.ts'
import { type Engine, emit } from '../manager/engine.ts'
import type { Grant } from '../provider/token-provider.ts'
import { describeFailure } from './call-failure.ts'
import { type ResolvedInputs, resolveInputs } from './credentials.ts'
import { untilDeadline } from './deadline.ts'
import { failureError } from './failure-error.ts'
import { type GuardedIo, guardedIo } from './provider-io.ts'

/**
 * Asks the provider to kill a token. Resolves with the failure's code where it did not, `undefined` where it did.
 * Never rejects: inputs that cannot be read are a failure like another.
 */
export async function tryRevoke<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: Pick<AccountState<M>, 'ref'>,
  token: Grant<M>,
  resolved?: ResolvedInputs<Inputs>,
): Promise<ErrorCode | undefined> {
  const { provider, clock } = engine
  if (provider.revoke === undefined) return 'misconfigured'
  const { accessToken, refreshToken, id } = token
  const optional = { ...(id === undefined ? {} : { id }), ...(refreshToken === undefined ? {} : { refreshToken }) }
  let guarded: GuardedIo | undefined
  try {
    await untilDeadline(clock, engine.tokenCallTimeoutMs, async (signal) => {
      const { inputs, secrets } = resolved ?? (await resolveInputs(engine, state.ref))
      guarded = guardedIo({
        provider,
        fetch: engine.fetch,
        clock,
        signal,
        secrets: [accessToken, refreshToken, ...secrets].filter((value) => value !== undefined),
        token: (scheme, options) => engine.parentToken(state.ref, scheme, options),
        onSent: () => {},
        onSkew: () => {},
      })
      await provider.revoke?.(guarded.io, { accessToken, ...optional }, inputs)
    })
    return undefined
  } catch (error) {
    const answered = guarded?.lastExchange()?.sent === 'answered'
    if (answered) return failureError(provider.id, describeFailure(engine, 'revoke', error, guarded)).code
    return isChaveiroError(error) ? error.code : 'unavailable'
  }
}

/** Revokes a token that nobody will use, where the provider can; a failure is an event and nothing more. */
export async function revokeToken<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: Pick<AccountState<M>, 'ref'>,
  token: Grant<M>,
  resolved: ResolvedInputs<Inputs>,
): Promise<void> {
  const code = await tryRevoke(engine, state, token, resolved)
  if (code !== undefined) emit(engine, state.ref, { type: 'revoke.failed', code })
}

/** Revokes or throws: for callers who must know that the token is dead. */
export async function requireRevoked<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: Pick<AccountState<M>, 'ref'>,
  token: Grant<M>,
): Promise<void> {
  const code = await tryRevoke(engine, state, token)
  if (code === undefined) return
  const { provider } = engine
  const { id } = provider
  const reason = provider.revoke === undefined ? 'documents no way to revoke it' : `did not revoke it (${code})`
  throw new ChaveiroError(code, `${id} ${reason}, so the token was kept. Pass revoke: 'skip' to forget it anyway.`, {
    provider: id,
  })
}
