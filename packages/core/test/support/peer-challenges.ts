import { bearerTokenAuthenticationPolicy, createHttpHeaders, createPipelineRequest } from '@azure/core-rest-pipeline'
import { processPushedAuthorizationResponse, WWWAuthenticateChallengeError } from 'oauth4webapi'

/** A challenge as text: its scheme, its parameters in the order of their names, its token68. */
export type PlainChallenge = readonly [
  scheme: string,
  parameters: readonly (readonly [string, string])[],
  token68: string,
]

export function plainChallenge(
  scheme: string,
  parameters: Iterable<readonly [string, string]>,
  token68: string | undefined,
): PlainChallenge {
  return [scheme, [...parameters].sort(([a], [b]) => (a < b ? -1 : 1)), token68 ?? '']
}

/** What oauth4webapi reads in a header, or nothing if it refuses the header. It uses this parser for every response. */
export async function oauth4webapiChallenges(header: string): Promise<PlainChallenge[]> {
  const response = new Response(null, { status: 401, headers: { 'www-authenticate': header } })
  try {
    await processPushedAuthorizationResponse({ issuer: 'https://issuer.example' }, { client_id: 'client' }, response)
  } catch (error) {
    if (!(error instanceof WWWAuthenticateChallengeError)) return []
    return error.cause.map(({ scheme, parameters, token68 }) =>
      plainChallenge(
        scheme,
        Object.entries(parameters).map(([name, value = '']) => [name, value]),
        token68,
      ),
    )
  }
  throw new Error('oauth4webapi took a 401 for a success')
}

/** The claims for which Azure's policy asks for another token when a response has this header. */
export async function azureClaims(header: string): Promise<string | undefined> {
  let claims: string | undefined
  const policy = bearerTokenAuthenticationPolicy({
    scopes: 'scope',
    credential: {
      async getToken(_scopes, options) {
        claims = options?.claims
        return { token: 'token', expiresOnTimestamp: Number.MAX_SAFE_INTEGER }
      },
    },
  })
  const request = createPipelineRequest({ url: 'https://api.example' })
  const headers = createHttpHeaders({ 'www-authenticate': header })
  await policy.sendRequest(request, async () => ({ request, headers, status: 401 }))
  return claims
}
