import type { Call } from '../spec/call.ts'
import type { Api, StandardLifecycle } from '../spec/lifecycle.ts'

/** The name of the scheme that asks for the certificate. */
export const CERTIFICATE = 'clientCertificate'

/** What the client sends in each token call to say who it is: in one way, never in two (RFC 6749 §2.3.1). */
export function clientFields({ client }: StandardLifecycle): Readonly<Record<string, string>> {
  if (client === 'body') return { client_id: '$inputs.clientId', client_secret: '$inputs.clientSecret' }
  // RFC 6749 §3.2.1, RFC 8705 §2: one that sends no secret says who it is.
  return client === 'none' || client === 'certificate' ? { client_id: '$inputs.clientId' } : {}
}

/** The same, of what its security schemes ask for. */
export function clientSecurity(facts: StandardLifecycle): Call['security'] {
  const pair = { username: '$inputs.clientId', password: '$inputs.clientSecret' } as const
  const security: Call['security'] = {
    ...(isBasic(facts) && { oauthClient: facts.client === 'basic-encoded' ? { ...pair, encoded: true } : pair }),
    ...(facts.certificate && { [CERTIFICATE]: '$inputs.certificate' }),
  }
  return Object.keys(security).length === 0 ? undefined : security
}

export function isBasic({ client }: StandardLifecycle): boolean {
  return client === 'basic' || client === 'basic-encoded'
}

/** The names of the inputs that the client needs. */
export function ownInputs({ client, certificate }: StandardLifecycle): readonly OwnInput[] {
  return [
    'clientId',
    ...(client === 'none' || client === 'certificate' ? [] : (['clientSecret'] as const)),
    ...(certificate === undefined ? [] : (['certificate'] as const)),
  ]
}

type OwnInput = 'clientId' | 'clientSecret' | 'certificate'

/** What requests of the API carry, with the certificate where they present it. */
export function carriedBy({ api, certificate }: StandardLifecycle): Api | undefined {
  if (certificate !== 'token-and-api') return api
  return { ...api, security: { ...api?.security, [CERTIFICATE]: '$inputs.certificate' } }
}
