// POST /api/{sellerId}/tokens. Facts: the vendor's guide "Acessando a API".

import { document } from '../generated/genpag.ts'
import { bearerToken } from '../incoming-request.ts'
import { documentedRoute, type Route } from '../route.ts'
import type { Refuse } from './error-model.ts'
import type { Sellers } from './sellers.ts'

/** Genpag's one token operation, named as in its document. */
export type GenpagTokenOperation = 'createAccessToken'

interface Authority {
  readonly sellers: Sellers
  /** Issues an access token and returns its value. */
  readonly issue: (sellerId: string) => string
  readonly refuse: Refuse
  readonly successStatus: 200 | 201
  readonly wrongRefreshTokenStatus: number
}

export const tokenRoute = ({
  sellers,
  issue,
  refuse,
  successStatus,
  wrongRefreshTokenStatus,
}: Authority): Route<GenpagTokenOperation> =>
  withAnyContentType(
    documentedRoute(document, 'createAccessToken', ({ headers, params: { sellerId = '' } }) => {
      const refreshToken = bearerToken(headers)
      if (refreshToken === undefined) {
        return refuse(wrongRefreshTokenStatus, 'header.authorization: expected Bearer and a refresh token')
      }
      // An unknown seller is answered alike: nothing says who is a seller and who is not.
      return sellers.accepts(sellerId, refreshToken)
        ? { status: successStatus, body: { data: issue(sellerId) } }
        : refuse(wrongRefreshTokenStatus, 'header.authorization: not the refresh token of this seller')
    }),
  )

/** The guide's curl sends its JSON without naming a content type, so that none can be demanded. */
const withAnyContentType = <Operation extends string>(route: Route<Operation>): Route<Operation> => ({
  ...route,
  problem: (call) => {
    const headers = new Headers(call.headers)
    headers.set('content-type', 'application/json')
    return route.problem?.({ ...call, headers })
  },
})
