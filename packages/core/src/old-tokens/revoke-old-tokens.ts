import type { AccountRef } from '../account-ref.ts'
import { stateError } from '../errors.ts'
import type { Policy, PolicyServices, Turn } from '../renewal.ts'
import { REQUESTED, type RequestedExpiry, requestedExpiries } from '../requested-expiries.ts'
import { revokeLostTokens } from './lost-tokens.ts'
import { knownIds, lost, RETIRED, type RetiredToken, retired, retiredTokens } from './retired-tokens.ts'

// Revoking is tried again on a later use, unless the token has expired by then.
const TRY_AGAIN_MS = 60 * 60_000
// A token that ended by itself so long ago is left alone: a clock that is wrong by hours can't make it look so.
const SURELY_ENDED_MS = 24 * 60 * 60_000

/**
 * For providers whose tokens live until they are revoked (`repeat: 'leaves-token'`). Revokes each token some minutes
 * after its successor came, and lost tokens, which it finds by their requested ends.
 */
export function revokeOldTokens(): Policy {
  return {
    wrap: (next, services) => async (turn) => {
      if (turn.call === 'acquire') await revokeOwnLostTokens(services, turn)
      const grant = await next(turn)
      const { notes, kept } = turn
      const waiting = [
        ...(retiredTokens.of(notes) ?? []),
        ...retired(services, kept.held?.token, grant),
        ...lost(services, requestedExpiries.of(notes) ?? []),
      ]
      requestedExpiries.put(notes, undefined)
      retiredTokens.put(notes, waiting.length > 0 ? waiting : undefined)
      return grant
    },
    upkeep({ notes, held }, services) {
      const waiting = retiredTokens.of(notes) ?? []
      const asked = requestedExpiries.of(notes) ?? []
      if (waiting.length === 0 && asked.length === 0) return undefined
      // Once there is a token, no process waits for another one's lost answer. Our own is looked for before the next
      // call, or at the end.
      const isOthers = ({ by }: RequestedExpiry): boolean => held !== undefined && by !== services.self()
      const isNow = asked.some(isOthers)
      return {
        dueAt: isNow ? -Infinity : Math.min(...waiting.map(({ from }) => from)),
        async run(account, now) {
          const isEnd = now === Infinity
          const given = asked.filter((one) => isEnd || isOthers(one))
          const all = [...waiting, ...lost(services, given)]
          const due = all.filter(({ from }) => from <= now)
          const left = all.filter((one) => !due.includes(one))
          const again = await revokeRetired(account, services, due, knownIds(held?.token, notes))
          const kept = [...left, ...again]
          const open = asked.filter((one) => !given.includes(one))
          return {
            [RETIRED]: kept.length > 0 ? kept : undefined,
            [REQUESTED]: open.length > 0 ? open : undefined,
          }
        },
      }
    },
    // These tokens were obtained here, so they are revoked even after another sign-in.
    carry(notes) {
      return { [RETIRED]: retiredTokens.of(notes), [REQUESTED]: requestedExpiries.of(notes) }
    },
  }
}

/**
 * Before another token is asked for, revokes the lost tokens of this manager that are listed. Those of other managers
 * are left until a token is stored, because their answers may still come. Throws if a token could not be looked for or
 * not be revoked, because the next call would leave another one behind.
 */
async function revokeOwnLostTokens(services: PolicyServices, { account, kept, notes }: Turn<unknown>): Promise<void> {
  const asked = requestedExpiries.of(notes) ?? []
  const ends = asked.filter(({ by }) => by === services.self()).map(({ end }) => end)
  if (ends.length === 0) return
  const { absent, failed } = await revokeLostTokens(services, account, ends, knownIds(kept.held?.token, notes))
  // A token that is not listed may still be made, so it is looked for once more after the next token.
  const open = asked.filter(({ end, by }) => by !== services.self() || absent.includes(end) || failed.includes(end))
  requestedExpiries.put(notes, open.length > 0 ? open : undefined)
  if (failed.length > 0) throw stateError('unavailable')
}

/** Revokes tokens by their handles or their requested ends. Returns those that are to be tried again. */
async function revokeRetired(
  account: AccountRef,
  services: PolicyServices,
  due: readonly RetiredToken[],
  known: ReadonlySet<string>,
): Promise<readonly RetiredToken[]> {
  const { clock, revoke, emit } = services
  const now = clock.now()
  const again: RetiredToken[] = []
  const ends: number[] = []
  for (const token of due) {
    const { id, expiresAt = Infinity } = token
    if (expiresAt + SURELY_ENDED_MS <= now) continue
    if (id === undefined) {
      ends.push(expiresAt)
      continue
    }
    const code = await revoke(account, { id })
    if (code === undefined) continue
    emit(account, { type: 'revoke.failed', code })
    again.push({ ...token, from: now + TRY_AGAIN_MS })
  }
  if (ends.length === 0) return again
  const { failed } = await revokeLostTokens(services, account, ends, known)
  return [...again, ...failed.map((expiresAt) => ({ expiresAt, from: now + TRY_AGAIN_MS }))]
}
