import type { AccountState } from '../account/account-state.ts'
import { ChaveiroError, type ErrorCode } from '../errors.ts'
import { type Engine, emit } from '../manager/engine.ts'
import type { Grant } from '../provider/token-provider.ts'
import type { ResolvedInputs } from './credentials.ts'
import { sideCall } from './side-call.ts'

/** What a token is revoked by: of one that was retired only the handle is left. */
export type Revocable = Partial<Pick<Grant, 'id' | 'accessToken' | 'refreshToken'>>

/**
 * Asks the provider to kill a token. Resolves with the failure's code where it did not, `undefined` where it did.
 * Never rejects.
 */
export async function tryRevoke<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: Pick<AccountState<M>, 'ref'>,
  token: Revocable,
  resolved?: ResolvedInputs<Inputs>,
): Promise<ErrorCode | undefined> {
  const { provider } = engine
  if (provider.revoke === undefined) return 'misconfigured'
  const { accessToken, refreshToken, id } = token
  const current = {
    ...(accessToken === undefined ? {} : { accessToken }),
    ...(id === undefined ? {} : { id }),
    ...(refreshToken === undefined ? {} : { refreshToken }),
  }
  const secrets = [accessToken, refreshToken].filter((value) => value !== undefined)
  const call = { state, phase: 'revoke', secrets, resolved } as const
  const result = await sideCall(engine, call, async (io, inputs) => provider.revoke?.(io, current, inputs))
  return result.ok ? undefined : result.code
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
  const reason = provider.revoke === undefined ? 'documents no way to revoke it' : `did not revoke it (${code})`
  const message = `The provider ${reason}, so the token was kept. Pass revoke: 'skip' to forget it anyway.`
  throw new ChaveiroError(code, message)
}
