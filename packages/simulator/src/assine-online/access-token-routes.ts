// /v1/access-token: making, listing and revoking. Facts: the vendor's guide "Gerando um token de aplicação".

import type { Answer } from '../answer.ts'
import { document } from '../generated/assine-online.ts'
import type { Call } from '../incoming-request.ts'
import { textIn } from '../json.ts'
import { hex } from '../random-text.ts'
import { documentedRoute, type Route } from '../route.ts'
import type { Accounts } from './accounts.ts'
import type { Bearer, Guard } from './guard.ts'
import { type AssineOnlineTimezone, phpDate, readWallClock } from './php-date.ts'
import { PROBLEM_TYPE, refuse } from './problem.ts'
import { type PageOptions, tokenPage } from './token-page.ts'
import type { Tokens } from './tokens.ts'

/** The operations on application tokens, named as in the document. */
export type AssineOnlineTokenOperation = 'createApplicationToken' | 'listApplicationTokens' | 'revokeApplicationToken'

interface AccessTokens extends PageOptions {
  readonly guard: Guard
  readonly accounts: Accounts
  readonly tokens: Tokens
  readonly now: () => number
  readonly random: () => number
  readonly timezone: AssineOnlineTimezone
  readonly wrongPasswordStatus: number
  readonly notPjStatus: number
}

export const accessTokenRoutes = (options: AccessTokens): readonly Route<AssineOnlineTokenOperation>[] => {
  const { guard, tokens } = options
  return [
    documentedRoute(
      document,
      'createApplicationToken',
      guard((call, bearer) => create(call, bearer, options)),
    ),
    documentedRoute(
      document,
      'listApplicationTokens',
      guard(({ url }, { account }) => {
        // Whether ended tokens are listed is undocumented: they are not.
        const live = tokens.list({ username: account.username }).filter(({ state }) => state === 'live')
        return tokenPage(live, { ...options, account, page: Number(url.searchParams.get('page') ?? 1) })
      }),
    ),
    documentedRoute(
      document,
      'revokeApplicationToken',
      guard(({ params: { id = '' } }, { account }) =>
        // Another account's token is treated as unknown, like one that is gone. The status for both is undocumented.
        tokens.revoke({ id, username: account.username }) === 1
          ? { status: 204 }
          : refuse(404, 'path.id: no live token of this account'),
      ),
    ),
  ]
}

const create = ({ body }: Call, { account }: Bearer, options: AccessTokens): Answer => {
  const { accounts, tokens, now, random, timezone } = options
  if (!account.pj) return refuse(options.notPjStatus, 'the account is not of type PJ')
  if (!accounts.hasPassword(account.username, textIn(body, 'password'))) {
    return refuse(options.wrongPasswordStatus, 'body.password: not the password of this account')
  }
  const expiresAt = readWallClock(textIn(body, 'expires') ?? '')
  if (expiresAt === undefined) return refuse(400, 'body.expires: expected YYYY-MM-DD HH:mm:ss')
  // Undocumented, but such a token could never be used.
  if (expiresAt <= now()) return refuse(400, 'body.expires: expected a date ahead')
  const { id, value } = tokens.issue('application', account.username, expiresAt)
  return {
    status: 201,
    body: {
      accessToken: value,
      expires: phpDate(expiresAt, timezone),
      // As in the guide's example. The list shows the digits alone.
      id: `${id}?q=verify&sessionIndex=${hex(random, 40)}`,
      type: PROBLEM_TYPE,
      title: 'Token created',
      status: 201,
      detail: 'Access Token data',
    },
  }
}
