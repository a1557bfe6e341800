import type { AuthorizationRequest, ConsentFlow } from '../provider/consent.ts'
import { checkRequest } from './authorization-request.ts'
import { consentsOf } from './consents.ts'

/** A consent that comes back with a code, as an author states it. */
export interface AuthorizationCode<Inputs, M = unknown>
  extends AuthorizationRequest<Inputs>,
    Pick<ConsentFlow<Inputs, M>, 'exchange'> {}

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
): ConsentFlow<Inputs, M> {
  const { url, parameters, scopes, pkce, issuer, oneOperator } = definition
  const clientId = (inputs: Inputs): string => definition.clientId(inputs)
  const request = Object.freeze({ url, clientId, parameters, scopes, pkce, issuer, oneOperator })
  checkRequest(request)
  return Object.freeze<ConsentFlow<Inputs, M>>({
    request,
    exchange: (io, code, inputs) => definition.exchange(io, code, inputs),
    open: (services) => consentsOf(services, request, definition),
  })
}
