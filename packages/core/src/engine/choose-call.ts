import type { TokenProvider } from '../provider/token-provider.ts'

/** The next call of a turn, or the reason why no call is made. `wait` serves the token in hand and tries later. */
export type Choice = Call | 'wait' | 'credentials-rejected' | 'reauthorization-required'

export type Call = 'refresh' | 'resend' | 'acquire'

export function isCall(choice: Choice): choice is Call {
  return choice === 'refresh' || choice === 'resend' || choice === 'acquire'
}

/** Everything that the choice depends on. */
export interface Situation {
  /** There is a refresh operation and a refresh token that has not ended. */
  readonly canRefresh: boolean
  /** The provider denied that refresh token, and it is not time to try it again. */
  readonly refreshDenied: boolean
  /** That refresh token is single-use and may have been spent by a call whose answer was lost. */
  readonly mayBeSpent: boolean
  /** One documented use of that refresh token is left. It is kept until nothing else is. */
  readonly isLastUse: boolean
  /** It was sent once more already, or is known to be spent. It isn't sent again. */
  readonly resent: boolean
  /** May it be sent once more? */
  readonly mayResend: boolean
  /** The inputs can obtain a token without a person. */
  readonly canAcquire: boolean
  /** The provider denied these inputs, and it is not time to try them again. */
  readonly inputsDenied: boolean
  /** The access token in hand still serves the callers. */
  readonly tokenServes: boolean
}

/** Pure. Acquiring again beats re-sending a token that may be spent; re-sending comes last, once. */
export function chooseCall(situation: Situation): Choice {
  const { canRefresh, refreshDenied, mayBeSpent, isLastUse, canAcquire, inputsDenied } = situation
  const refreshable = canRefresh && !refreshDenied
  if (refreshable && !mayBeSpent && !isLastUse) return 'refresh'
  if (canAcquire && !inputsDenied) return 'acquire'
  if (refreshable && situation.tokenServes) return 'wait'
  if (refreshable && (isLastUse || (situation.mayResend && !situation.resent))) return 'resend'
  return canAcquire ? 'credentials-rejected' : 'reauthorization-required'
}

/** May another call follow at once on a call whose answer will never come? Only if that can do no harm. */
export function mayCallAfterLoss(
  rules: Pick<TokenProvider<never>, 'replay' | 'repeat' | 'list' | 'revoke' | 'refreshKind' | 'acquire'>,
  call: Call | undefined,
): boolean {
  const { replay, repeat, list, revoke, refreshKind, acquire } = rules
  const phase = call === 'acquire' ? 'acquire' : 'refresh'
  if (replay?.[phase] === 'never') return false
  if (phase === 'acquire') return repeat !== 'leaves-token' || (list !== undefined && revoke !== undefined)
  return refreshKind === 'single-use' && acquire !== undefined
}
