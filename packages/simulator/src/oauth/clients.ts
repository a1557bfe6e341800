import { type AccountShelf, credentialFields } from '../account-shelf.ts'
import { type JsonObject, textIn } from '../json.ts'
import type { OAuthClientMethod } from './facts.ts'
import { checkRedirectUri } from './redirect-uri.ts'

/** A client as it is registered with the provider. */
export interface OAuthClient {
  /** Its id. Not secret. */
  readonly clientId: string
  /** For `body`, `basic` and `basic-encoded`. */
  readonly clientSecret?: string | undefined
  /** Compared as text; on `http://127.0.0.1` and `http://[::1]` the port may differ. */
  readonly redirectUris?: readonly string[] | undefined
  /** Public keys as JWKs (RFC 7517), for assertions. */
  readonly keys?: readonly JsonObject[] | undefined
  /** SHA-256 of its certificate in DER, as base64url (`x5t#S256`, RFC 8705 §3.1). */
  readonly certificate?: string | undefined
  /**
   * How it authenticates.
   *
   * @default what the provider says in `client`
   */
  readonly methods?: readonly OAuthClientMethod[] | undefined
}

/** A client with what it is registered for. */
export interface RegisteredClient extends OAuthClient {
  readonly methods: readonly OAuthClientMethod[]
  readonly redirectUris: readonly string[]
  readonly keys: readonly JsonObject[]
}

export interface Clients extends AccountShelf {
  register(client: OAuthClient): void
  deactivate(clientId: string): void
  find(clientId: string): RegisteredClient | undefined
  secrets(): readonly string[]
  /** Forgets every client. */
  clear(): void
}

/** The clients that are registered with a provider. */
export const createClients = (methodsByDefault: readonly OAuthClientMethod[]): Clients => {
  const clients = new Map<string, RegisteredClient>()
  const secrets = new Set<string>()
  const register = (client: OAuthClient): void => {
    const { clientId, clientSecret, redirectUris = [], keys = [], methods = methodsByDefault } = client
    if (clientId === '') throw new TypeError('clientId: expected the id of a client')
    if (clientSecret === '') throw new TypeError('clientSecret: expected a secret, or none')
    for (const uri of redirectUris) checkRedirectUri(uri)
    if (keys.some((key) => textIn(key, 'd') !== undefined)) throw new TypeError('keys: expected public keys')
    clients.set(clientId, { ...client, redirectUris, keys, methods })
    if (clientSecret !== undefined) secrets.add(clientSecret)
  }
  const deactivate = (clientId: string): void => {
    clients.delete(clientId)
  }
  return {
    register,
    deactivate,
    names: () => [...clients.keys()],
    add: (json) => {
      const known = ['clientId', 'clientSecret', 'certificate', 'redirectUris']
      const { text, optionalText, texts } = credentialFields(json, known)
      const clientId = text('clientId')
      register({
        clientId,
        clientSecret: optionalText('clientSecret'),
        certificate: optionalText('certificate'),
        redirectUris: texts('redirectUris'),
      })
      return clientId
    },
    end: deactivate,
    clear: () => {
      clients.clear()
      secrets.clear()
    },
    find: (clientId) => clients.get(clientId),
    secrets: () => [...secrets],
  }
}
