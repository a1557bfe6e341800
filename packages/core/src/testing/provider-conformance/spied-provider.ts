import type { TokenProvider } from '../../provider/token-provider.ts'
import { type Grant, secretsIn } from '../../token/grant.ts'

/** A provider that is watched: it behaves as it did. */
export interface SpiedProvider<Inputs, M> {
  readonly provider: TokenProvider<Inputs, M>
  /** The refresh tokens that it was given to send, one for each call. */
  readonly refreshed: readonly string[]
  /** The strings of all tokens that it obtained, and of the secrets that came with them. */
  readonly obtained: readonly string[]
}

export function spied<Inputs, M>(provider: TokenProvider<Inputs, M>): SpiedProvider<Inputs, M> {
  const refreshed: string[] = []
  const obtained: string[] = []
  const note = (grant: Grant<M>): Grant<M> => {
    obtained.push(...secretsIn(grant))
    return grant
  }
  const watched: TokenProvider<Inputs, M> = {
    ...provider,
  }
  const acquire = provider.acquire?.bind(provider)
  const refresh = provider.refresh?.bind(provider)
  if (acquire) watched.acquire = async (io, inputs, replaced) => note(await acquire(io, inputs, replaced))
  if (refresh) {
    watched.refresh = async (io, current, inputs) => {
      if (current.refreshToken !== undefined) refreshed.push(current.refreshToken)
      return note(await refresh(io, current, inputs))
    }
  }
  return { provider: watched, refreshed, obtained }
}
