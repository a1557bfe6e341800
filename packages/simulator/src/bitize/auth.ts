// POST /auth and GET /auth. Facts: the vendor's page "Como obter o token de acesso" and `reference/Bitize.v1.yaml`.

import type { Answer } from '../answer.ts'
import { document } from '../generated/bitize.ts'
import type { Call } from '../incoming-request.ts'
import { isJsonObject } from '../json.ts'
import { documentedRoute, type Route } from '../route.ts'
import { refuse } from './error-model.ts'
import type { IssuedPair, TokenFamilies } from './token-families.ts'

/** Bitize's two token operations, named as in its document. */
export type BitizeTokenOperation = 'authenticate' | 'refreshAccessToken'

interface Authority {
  readonly tokens: TokenFamilies
  /** The secret key registered with a consumer key. */
  readonly secretKeyOf: (consumerKey: string) => string | undefined
  readonly wrongKeysStatus: 400 | 401
}

export const authRoutes = ({ tokens, secretKeyOf, wrongKeysStatus }: Authority): Route<BitizeTokenOperation>[] => [
  documentedRoute(document, 'authenticate', ({ body }) => {
    const { consumerKey, secretKey } = keysIn(body)
    if (consumerKey === undefined || secretKey === undefined || secretKeyOf(consumerKey) !== secretKey) {
      return refuse(wrongKeysStatus, 'consumer_key and secret_key: not a registered pair')
    }
    return granted(tokens.acquire(consumerKey))
  }),
  documentedRoute(document, 'refreshAccessToken', ({ url }) => {
    const outcome = tokens.refresh(url.searchParams.get('refresh_token') ?? '')
    return typeof outcome === 'string' ? refuse(401, `query.refresh_token: ${outcome}`) : granted(outcome)
  }),
]

const keysIn = (body: Call['body']): { consumerKey?: string; secretKey?: string } => {
  if (!isJsonObject(body)) return {}
  const { consumer_key: consumerKey, secret_key: secretKey } = body
  return typeof consumerKey === 'string' && typeof secretKey === 'string' ? { consumerKey, secretKey } : {}
}

const granted = (pair: IssuedPair): Answer => ({
  status: 200,
  body: {
    access_token: pair.accessToken,
    refresh_token: pair.refreshToken,
    // As in the document's example: ISO 8601, UTC, milliseconds.
    expiration_access_token: new Date(pair.accessExpiresAt).toISOString(),
    expiration_refresh_token: new Date(pair.refreshExpiresAt).toISOString(),
  },
})
