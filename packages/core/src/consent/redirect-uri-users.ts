import type { CallbackIssuer } from '../provider/consent.ts'

// Programs have a handful. Beyond this the oldest is forgotten.
const MOST_KNOWN = 1_000

interface User {
  readonly name: string
  readonly isNamed: boolean
}

/**
 * The users of each redirect URI in this process. Two servers may share one only if both name themselves in every callback:
 * otherwise one of them could send the person on to the other, and get the other's code (RFC 9700 §4.4).
 */
const users = new Map<string, User>()

/** @throws {TypeError} where another provider or server uses it too. */
export function claimRedirectUri(redirectUri: string, name: string, issuer: CallbackIssuer | undefined): void {
  const isNamed = issuer?.inCallback === 'always'
  const known = users.get(redirectUri)
  if (known && known.name !== name && !(known.isNamed && isNamed)) {
    throw new TypeError(
      `${name}: ${known.name} uses the same redirect URI. Register one for each provider and server (RFC 9700 §4.4).`,
    )
  }
  users.delete(redirectUri)
  users.set(redirectUri, { name, isNamed })
  if (users.size > MOST_KNOWN) for (const [oldest] of [...users].slice(0, 1)) users.delete(oldest)
}
