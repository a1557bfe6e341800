import type { AccountRef } from '../account-ref.ts'
import { type ErrorCode, isChaveiroError } from '../errors.ts'
import type { ProviderIo } from '../provider/provider-io.ts'
import { CallFailed, type ProviderPhase, type ResolvedInputs, type Revocable } from '../renewal.ts'
import { untilDeadline } from '../timeout.ts'
import { type IssuedToken, secretsIn } from '../token/grant.ts'
import type { CallServices } from './call-services.ts'
import { describeFailure } from './describe-failure.ts'
import { type GuardedIo, guardedIo } from './guarded-io.ts'
import { resolveInputs } from './inputs.ts'

/**
 * Asks the provider to revoke a token. Resolves with the code of the failure, or with `undefined` if it is revoked.
 * Never rejects.
 */
export async function tryRevoke<Inputs, M>(
  services: CallServices<Inputs, M>,
  account: AccountRef,
  token: Revocable,
): Promise<ErrorCode | undefined> {
  const { provider } = services
  if (provider.revoke === undefined) return 'misconfigured'
  const { accessToken, refreshToken, id } = token
  const current = {
    ...(accessToken === undefined ? {} : { accessToken }),
    ...(id === undefined ? {} : { id }),
    ...(refreshToken === undefined ? {} : { refreshToken }),
  }
  const secrets = secretsIn(current)
  return sideCall(services, account, 'revoke', secrets, async (io, inputs) => {
    await provider.revoke?.(io, current, inputs)
    return undefined
  })
}

/** The tokens that the provider lists, or the code of the failure. Never rejects. */
export async function tryList<Inputs, M>(
  services: CallServices<Inputs, M>,
  account: AccountRef,
): Promise<readonly IssuedToken[] | ErrorCode> {
  const { provider } = services
  if (provider.list === undefined) return 'misconfigured'
  return sideCall(services, account, 'list', [], async (io, inputs) => (await provider.list?.(io, inputs)) ?? [])
}

/**
 * A call to the provider that brings no token: one try, within the time of a token call. Never rejects, but resolves
 * with the code of the failure: inputs that can't be read are one like any other.
 */
async function sideCall<Inputs, M, T>(
  services: CallServices<Inputs, M>,
  account: AccountRef,
  phase: Extract<ProviderPhase, 'revoke' | 'list'>,
  secrets: readonly string[],
  call: (io: ProviderIo, inputs: Inputs) => Promise<T>,
): Promise<T | ErrorCode> {
  const { provider, clock, tokenCallTimeoutMs } = services
  const inTime = <R>(work: (signal: AbortSignal) => Promise<R>): Promise<R> =>
    untilDeadline(clock, tokenCallTimeoutMs, work)
  let guarded: GuardedIo | undefined
  try {
    const read: ResolvedInputs<Inputs> = await inTime(() => resolveInputs(services, account))
    // Renewals go first: no caller waits for an API's answer because of a list.
    const place = { account, entries: read.entries, leftMs: tokenCallTimeoutMs, awaited: () => false }
    const send = async (signal: AbortSignal): Promise<T> => {
      guarded = guardedIo(services, { account, signal, secrets: [...secrets, ...read.secrets] })
      return call(guarded.io, read.inputs)
    }
    const { limit } = provider
    return await (limit ? limit.run(services, place, () => inTime(send)) : inTime(send))
  } catch (error) {
    const answered = guarded?.lastExchange()?.sent === 'answered'
    if (answered) return new CallFailed(describeFailure(services, phase, error, guarded)).code
    return isChaveiroError(error) ? error.code : 'unavailable'
  }
}
