import { randomId } from '../random-id.ts'
import type { Grant } from './grant.ts'

/** A grant as it is kept: validated, with the time at which its lifetime began. */
export interface TokenSet<M = unknown> extends Grant<M> {
  /** Epoch milliseconds on the local clock. */
  readonly obtainedAt: number
  /** When the life of the refresh token began, where that was before `obtainedAt` and its end is known. */
  readonly refreshObtainedAt?: number | undefined
}

/** Which token of which lineage. */
export interface Generation {
  /** Changes with each sign-in and sign-out. */
  readonly lineage: string
  /** Grows with each token of a lineage. */
  readonly generation: number
}

/** A token and its place in the account's history. */
export interface Held<M> extends Generation {
  readonly token: TokenSet<M>
}

/** Whether it is a different token, and not an older one. A different lineage always counts as newer. */
export function isNewer(one: Generation, than: Generation): boolean {
  return one.lineage !== than.lineage || one.generation > than.generation
}

export function isSame(one: Generation | undefined, other: Generation | undefined): boolean {
  return one?.lineage === other?.lineage && one?.generation === other?.generation
}

/** The first token of a new lineage. */
export function seeded<M>(grant: Grant<M>, now: number): Held<M> {
  return { lineage: randomId(), generation: 1, token: { ...grant, obtainedAt: now } }
}

/** The token after `before`. Anything that an answer to a refresh leaves out stays in force (RFC 6749 §6). */
export function successor<M>(
  before: Held<M> | undefined,
  call: 'refresh' | 'acquire' | 'resend',
  grant: Grant<M>,
  now: number,
): TokenSet<M> {
  const inForce = call === 'acquire' || before === undefined ? undefined : stillInForce(before.token, grant)
  const secrets = inForce?.secrets && grant.secrets && { secrets: { ...inForce.secrets, ...grant.secrets } }
  return { ...inForce, ...grant, ...secrets, obtainedAt: now }
}

function stillInForce<M>(previous: TokenSet<M>, next: Grant<M>): Partial<TokenSet<M>> {
  const {
    accessToken: _,
    obtainedAt,
    expiresAt: __,
    refreshExpiresAt: end,
    refreshObtainedAt,
    supplied: ___,
    ...rest
  } = previous
  const isSameToken = next.refreshToken === undefined || next.refreshToken === previous.refreshToken
  const isSameEnd = next.refreshExpiresAt === undefined || next.refreshExpiresAt === end
  if (end === undefined || !isSameToken || !isSameEnd) return rest
  return { ...rest, refreshExpiresAt: end, refreshObtainedAt: refreshObtainedAt ?? obtainedAt }
}
