import { reveal, type SecretInput } from '@chaveiro/core/provider'

/** The application, as the server registered it (RFC 6749 §2.2). */
export interface OAuthClient {
  clientId: string
  /** A program on a person's machine can't keep one (RFC 8252 §8.4), and does without. */
  clientSecret?: SecretInput | undefined
}

/** How the application proves who it is, by the names of RFC 7591 §2. */
export type ClientAuthentication = 'client_secret_basic' | 'client_secret_post' | 'none'

/**
 * Puts the client's id and secret on a request, in one of the two places of RFC 6749 §2.3.1, and never in both. Without a
 * secret, only the id (§3.2.1).
 */
export async function authenticateClient(
  method: ClientAuthentication,
  { clientId, clientSecret = '' }: OAuthClient,
  { headers, form }: { headers: Headers; form: URLSearchParams },
): Promise<void> {
  if (method === 'none') {
    form.set('client_id', clientId)
    return
  }
  const secret = await reveal(clientSecret)
  if (method === 'client_secret_post') {
    form.set('client_id', clientId)
    form.set('client_secret', secret)
    return
  }
  // Encoded first, so that a colon or an umlaut in either arrives as it was meant.
  headers.set('authorization', `Basic ${btoa(`${formEncoded(clientId)}:${formEncoded(secret)}`)}`)
}

/** One value as application/x-www-form-urlencoded (RFC 6749 Appendix B): ASCII, and a space becomes a plus sign. */
function formEncoded(value: string): string {
  return new URLSearchParams({ value }).toString().slice('value='.length)
}
