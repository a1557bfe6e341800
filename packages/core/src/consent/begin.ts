import { checkOptions } from '../check-options.ts'
import type { BeginConsent, BegunConsent } from '../provider/consent.ts'
import { secret } from '../secret.ts'
import { askedScopes, authorizationUrl } from './authorization-request.ts'
import { type ConsentContext, clientOf } from './consent-context.ts'
import { unguessable } from './random-texts.ts'
import { checkedRedirectUri } from './redirect-uri.ts'
import { claimRedirectUri } from './redirect-uri-users.ts'

/** Begins a consent: keeps what has to be known when the person comes back, and says where to send the person. */
export async function begin<Inputs, M>(
  context: ConsentContext<Inputs, M>,
  options: BeginConsent,
): Promise<BegunConsent> {
  const { account, services, request, open } = context
  const { id: provider, server } = services.provider
  checkOptions(options, ['redirectUri', 'scopes'])
  const redirectUri = checkedRedirectUri(options.redirectUri)
  const scopes = askedScopes(provider, request.scopes ?? {}, account, options.scopes)
  const { id: clientId, binding } = await clientOf(context)
  claimRedirectUri(redirectUri, request.oneOperator ? provider : `${provider} at ${server.origin}`, request.issuer)
  const state = unguessable()
  const verifier = request.pkce === 'unsupported' ? undefined : unguessable()
  const pending = await open.add(binding, { state, verifier, redirectUri, scopes })
  const url = await authorizationUrl(request, { clientId, redirectUri, state, verifier, scopes })
  return { url, pending: secret(pending) }
}
