import type { Call, StandardLifecycle } from '../spec/lifecycle.ts'

/** What the client sends in each token call to say who it is: in one way, never in two (RFC 6749 §2.3.1). */
export function clientFields({ client }: StandardLifecycle): Readonly<Record<string, string>> {
  if (client === 'body') return { client_id: '$inputs.clientId', client_secret: '$inputs.clientSecret' }
  // RFC 6749 §3.2.1: one that does not authenticate says who it is.
  return client === 'none' ? { client_id: '$inputs.clientId' } : {}
}

/** The same, of what its security schemes ask for. */
export function clientSecurity(facts: StandardLifecycle): Call['security'] {
  if (!isBasic(facts)) return undefined
  const pair = { username: '$inputs.clientId', password: '$inputs.clientSecret' } as const
  return { oauthClient: facts.client === 'basic-encoded' ? { ...pair, encoded: true } : pair }
}

export function isBasic({ client }: StandardLifecycle): boolean {
  return client === 'basic' || client === 'basic-encoded'
}

/** The names of the inputs that the client needs. */
export function ownInputs({ client }: StandardLifecycle): readonly ('clientId' | 'clientSecret')[] {
  return client === 'none' ? ['clientId'] : ['clientId', 'clientSecret']
}
