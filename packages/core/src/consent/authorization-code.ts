import type { AuthorizationCodeFlow, AuthorizationRequest } from '../provider/consent.ts'
import { checkRequest } from './authorization-request.ts'
import { byRedirect } from './by-redirect.ts'
import { consentsOf } from './consents.ts'

/** A consent that comes back with a code, as an author states it. */
export interface AuthorizationCode<Inputs, M = unknown>
  extends AuthorizationRequest<Inputs>,
    Pick<AuthorizationCodeFlow<Inputs, M>, 'exchange'> {}

/**
 * The authorization code flow (RFC 6749 §4.1) with PKCE and a state, as a provider's `consent`.
 *
 * @example
 * consent: authorizationCode({
 *   url: 'https://auth.example.com/authorize',
 *   clientId: ({ clientId }) => clientId,
 *   scopes: { always: ['offline_access'] },
 *   pkce: 'supported',
 *   exchange: (io, { code, redirectUri, verifier }, inputs) => …,
 * })
 * @throws {TypeError} for a page that isn't https, and for a parameter that the flow sets itself.
 */
export function authorizationCode<Inputs, M = unknown>(
  definition: AuthorizationCode<Inputs, M>,
): AuthorizationCodeFlow<Inputs, M> {
  const { url, parameters, scopes, pkce, issuer, oneOperator } = definition
  const clientId = (inputs: Inputs): string => definition.clientId(inputs)
  const request = Object.freeze({ url, clientId, parameters, scopes, pkce, issuer, oneOperator })
  checkRequest(request)
  const exchange: AuthorizationCodeFlow<Inputs, M>['exchange'] = (io, code, inputs) =>
    definition.exchange(io, code, inputs)
  return Object.freeze<AuthorizationCodeFlow<Inputs, M>>({
    request,
    exchange,
    open: (services) => consentsOf(services, byRedirect(request, exchange)),
  })
}
