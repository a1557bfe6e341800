import type { Answer } from '../answer.ts'
import type { Call } from '../incoming-request.ts'
import { bearerToken } from '../incoming-request.ts'
import type { Account, Accounts } from './accounts.ts'
import { refuse } from './problem.ts'
import type { AssineOnlineToken, Tokens } from './tokens.ts'

/** Whose token a call bears, and which one. */
export interface Bearer {
  readonly account: Account
  readonly token: AssineOnlineToken
}

/** Lets calls with a live token through, and tells whose it is. */
export type Guard = (answer: (call: Call, bearer: Bearer) => Answer) => (call: Call) => Answer

/** Takes tokens of both kinds. How a token that is no longer good is answered is undocumented: with 401. */
export const createGuard = ({ accounts, tokens }: { accounts: Accounts; tokens: Tokens }): Guard => {
  return (answer) => (call) => {
    const value = bearerToken(call.headers)
    const token = value === undefined ? undefined : tokens.find(value)
    const account = token === undefined ? undefined : accounts.get(token.username)
    if (value === undefined) return refuse(401, 'header.authorization: access token missing')
    if (token === undefined || account === undefined) return refuse(401, 'header.authorization: access token unknown')
    if (token.state !== 'live') return refuse(401, `header.authorization: access token ${token.state}`)
    return answer(call, { account, token })
  }
}

/** Takes session tokens only. That an application token is refused here, and how, is undocumented. */
export const sessionsOnly =
  (guard: Guard): Guard =>
  (answer) =>
    guard((call, bearer) =>
      bearer.token.kind === 'session'
        ? answer(call, bearer)
        : refuse(403, 'header.authorization: expected the token of a session'),
    )
