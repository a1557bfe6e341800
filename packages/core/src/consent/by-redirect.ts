import { checkOptions } from '../check-options.ts'
import type {
  AuthorizationRequest,
  BeginConsent,
  BegunConsent,
  CodeToExchange,
  FoundPage,
} from '../provider/consent.ts'
import type { ProviderIo } from '../provider/provider-io.ts'
import type { ResolvedInputs } from '../renewal.ts'
import { secret } from '../secret.ts'
import type { Grant } from '../token/grant.ts'
import type { Answer, Asking, ConsentContext } from './asking.ts'
import { askingCall } from './asking-call.ts'
import { askedScopes, authorizationUrl, checkPage } from './authorization-request.ts'
import { callbackError, readCallback } from './callback.ts'
import { clientOf } from './client.ts'
import type { Pending } from './pendings.ts'
import { unguessable } from './random-texts.ts'
import { checkedRedirectUri } from './redirect-uri.ts'
import { claimRedirectUri } from './redirect-uri-users.ts'

/** What exchanges the code that a person brings back. */
type Exchange<Inputs, M> = (io: ProviderIo, code: CodeToExchange, inputs: Inputs) => Promise<Grant<M>>

/** The person is sent to a page of the provider, which sends the person back with a code (RFC 6749 §4.1). */
export function byRedirect<Inputs, M>(
  request: AuthorizationRequest<Inputs>,
  exchange: Exchange<Inputs, M>,
): Asking<Inputs, M> {
  return {
    clientId: ({ inputs }) => request.clientId(inputs),
    begin: (context, options) => begin(context, request, options),
    checkFinish(options) {
      checkOptions(options, ['url', 'pending'])
      if (!('url' in options)) throw new TypeError('Option url is the whole address of the callback.')
    },
    read: (pending, options) => ('url' in options ? read(request, exchange, pending, options.url) : undefined),
  }
}

async function begin<Inputs, M>(
  context: ConsentContext<Inputs, M>,
  request: AuthorizationRequest<Inputs>,
  options: BeginConsent,
): Promise<BegunConsent> {
  const { account, services, open } = context
  const { id: provider, server } = services.provider
  checkOptions(options, ['redirectUri', 'scopes'])
  const redirectUri = checkedRedirectUri(options.redirectUri ?? '')
  const scopes = askedScopes(provider, request.scopes ?? {}, account, options.scopes)
  const client = await clientOf(context)
  const { url: page, issuer } = await pageOf(context, request, client.inputs)
  claimRedirectUri(
    redirectUri,
    request.oneOperator ? provider : `${provider} at ${server.origin}`,
    issuer ?? request.issuer,
  )
  const state = unguessable()
  const verifier = request.pkce === 'unsupported' ? undefined : unguessable()
  const { text, until } = await open.add(client.binding, { state, verifier, redirectUri, scopes, issuer })
  const url = await authorizationUrl(page, request, { clientId: client.id, redirectUri, state, verifier, scopes })
  return { url, pending: secret(text), expiresAt: until }
}

/** The provider's page, and what is known about its callbacks. */
async function pageOf<Inputs, M>(
  { account, services }: ConsentContext<Inputs, M>,
  { url, parameters = {} }: AuthorizationRequest<Inputs>,
  inputs: ResolvedInputs<Inputs>,
): Promise<FoundPage> {
  if (typeof url !== 'function') return { url }
  return askingCall(services, {
    account,
    inputs,
    make: url,
    check(page) {
      checkPage(page, parameters)
      return page
    },
  })
}

function read<Inputs, M>(
  request: AuthorizationRequest<Inputs>,
  exchange: Exchange<Inputs, M>,
  { state, verifier, redirectUri, scopes, issuer = request.issuer }: Pending,
  callback: string | URL,
): Answer<Inputs, M> | undefined {
  if (state === undefined || redirectUri === undefined) return undefined
  const { code, error = '', parameters } = readCallback({ state, redirectUri }, issuer, callback)
  if (code === undefined) return { refusal: callbackError(error) }
  const given: CodeToExchange = {
    code,
    redirectUri,
    ...(verifier !== undefined && { verifier }),
    callback: parameters,
  }
  return {
    secrets: [code, state, verifier].filter((text) => text !== undefined),
    // RFC 6749 §5.1.
    ...(scopes.length > 0 && { scopes }),
    exchange: (io, inputs) => exchange(io, given, inputs),
  }
}
