/** What a flight may do next. `wait` serves the token in hand and tries later. */
export type Plan = CallPlan | 'wait' | 'credentials-rejected' | 'reauthorization-required'

/** A plan that is a token call. */
export type CallPlan = 'refresh' | 'resend' | 'acquire'

export function isCall(plan: Plan): plan is CallPlan {
  return plan === 'refresh' || plan === 'resend' || plan === 'acquire'
}

/** Everything that the choice depends on. */
export interface Situation {
  /** There is a refresh operation and a refresh token that has not ended. */
  readonly canRefresh: boolean
  /** The provider refused that refresh token, and it is not time to try it again. */
  readonly refreshRefused: boolean
  /** That refresh token is single-use and may have been spent by a call whose answer was lost. */
  readonly suspect: boolean
  /** It was sent once more already, or is known to be spent: not to be sent again. */
  readonly spent: boolean
  /** May it be sent once more at all? */
  readonly mayResend: boolean
  /** The inputs can obtain a token without a person. */
  readonly canAcquire: boolean
  /** The provider refused these credentials, and it is not time to try them again. */
  readonly credentialsRefused: boolean
  /** The access token in hand still serves the callers. */
  readonly tokenAlive: boolean
}

/** Pure. Acquiring again beats re-sending a token that may be spent; re-sending comes last, once. */
export function planCall(situation: Situation): Plan {
  const { canRefresh, refreshRefused, suspect, canAcquire, credentialsRefused } = situation
  const refreshable = canRefresh && !refreshRefused
  if (refreshable && !suspect) return 'refresh'
  if (canAcquire && !credentialsRefused) return 'acquire'
  if (refreshable && situation.tokenAlive) return 'wait'
  if (refreshable && situation.mayResend && !situation.spent) return 'resend'
  return canAcquire ? 'credentials-rejected' : 'reauthorization-required'
}
