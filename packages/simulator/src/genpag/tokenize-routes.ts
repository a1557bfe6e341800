// POST /api/tokenize, the one call that comes from a customer's device. Facts: the vendor's guides "Acessando a API" and
// "Cobrando no Crédito". No card number outlives its request, and none is looked at beyond its type.

import { document } from '../generated/genpag.ts'
import type { IncomingRequest } from '../incoming-request.ts'
import { uuid } from '../random-text.ts'
import { documentedRoute, type Route } from '../route.ts'
import type { Refuse } from './error-model.ts'
import type { Sellers } from './sellers.ts'

/** The operations of a customer's device. `preflightTokenizeCard` is what a browser asks before the other. */
export type GenpagDeviceOperation = 'tokenizeCard' | 'preflightTokenizeCard'

interface Cards {
  readonly sellers: Sellers
  readonly refuse: Refuse
  readonly successStatus: 200 | 201
  readonly random: () => number
}

const PATH = '/api/tokenize'

export const tokenizeRoutes = ({
  sellers,
  refuse,
  successStatus,
  random,
}: Cards): readonly Route<GenpagDeviceOperation>[] => [
  documentedRoute(document, 'tokenizeCard', ({ headers }) =>
    // The guide shows the client token alone. Whether `Bearer` before it would do is undocumented, so it does not.
    sellers.hasClientToken(headers.get('authorization') ?? '')
      ? { status: successStatus, body: { data: { number_token: uuid(random) } } }
      : refuse(401, 'header.authorization: expected a client token, and nothing before it'),
  ),
  {
    operation: 'preflightTokenizeCard',
    method: 'OPTIONS',
    path: PATH,
    answer: () => ({
      status: 204,
      headers: {
        'access-control-allow-methods': 'POST',
        // By name: to browsers `*` does not include Authorization (Fetch standard, "CORS-preflight fetch").
        'access-control-allow-headers': 'authorization, content-type',
      },
    }),
  },
]

/**
 * The guide wants this call made "diretamente do browser", which takes these headers; which ones Genpag sends is
 * undocumented. Nothing else here may be called from a page: the other keys belong on a server.
 */
export const crossOriginHeaders = ({ url }: IncomingRequest): Readonly<Record<string, string>> =>
  url.pathname === PATH ? { 'access-control-allow-origin': '*' } : {}
