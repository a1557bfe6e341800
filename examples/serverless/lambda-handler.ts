// A function on AWS Lambda, with a manager for each request: the store is what they share, so many requests make one call.
import { createTokenManager, type TokenManagerOptions } from '@chaveiro/core'

/** What is used of an event of API Gateway's HTTP APIs (payload version 2.0), behind a JWT authorizer. */
export interface LambdaEvent {
  readonly rawPath: string
  readonly rawQueryString: string
  readonly requestContext: { readonly authorizer: { readonly jwt: { readonly claims: { readonly sub: string } } } }
}

/** What it answers. */
export interface LambdaAnswer {
  readonly statusCode: number
  readonly body: string
}

/**
 * The handler of a function.
 *
 * @example
 * const client = await createClient({ url: process.env.REDIS_URL }).connect()
 * const key = keyFromText(process.env.SEALING_KEY ?? '')
 * export const handler = lambdaHandler({
 *   provider: bitizeProvider({ server: 'production' }),
 *   credentials: (account) => secretsOf(account.tenant),
 *   store: redisStore({ client, sealer: createSealer({ keys: [{ id: '2026-01', key }] }) }),
 * })
 */
export function lambdaHandler<Inputs>(
  options: TokenManagerOptions<Inputs>,
): (event: LambdaEvent) => Promise<LambdaAnswer> {
  return async ({ rawPath, rawQueryString, requestContext }) => {
    // Whose token: the authorizer has verified it. A path or a header would let anyone ask for anyone's.
    const account = requestContext.authorizer.jwt.claims.sub
    // Lambda freezes the process as soon as it has answered. A refresh that went on behind the answer would be frozen
    // with it, and the new token, perhaps the only one that is left, would wait for a request that may never come.
    const tokens = createTokenManager({ ...options, background: false })
    try {
      const response = await tokens.account(account).fetch(rawQueryString ? `${rawPath}?${rawQueryString}` : rawPath)
      return { statusCode: response.status, body: await response.text() }
    } finally {
      // Saves a token that the store did not take at once. The API has answered, so a failure is reported and no more.
      await tokens.close().catch((error: unknown) => console.error(error))
    }
  }
}
