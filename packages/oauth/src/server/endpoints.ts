import type { FoundPage } from '@chaveiro/core/consent'
import type { ProviderIo } from '@chaveiro/core/provider'

/** Where a server's endpoints are, as its user or its own document says. */
export interface Endpoints {
  /** RFC 6749 §3.2. */
  readonly token: URL
  /** Where refresh tokens are sent. */
  readonly refresh: URL
  /** RFC 7009. @throws {ChaveiroError} `misconfigured` without one, `origin` if it is where no secret may go. */
  revocation(): URL
  /** RFC 6749 §3.1. @throws {ChaveiroError} `misconfigured` without one. */
  page(): FoundPage
  /** What an assertion is for (RFC 7523 §3). */
  readonly audience: string
  /** @throws {ChaveiroError} `misconfigured` if the server says that it doesn't take this way to authenticate. */
  checkClient(method: string): void
}

/** Finds them for a call: by a look at what was passed, or into the server's document. */
type FindEndpoints = (io: ProviderIo) => Promise<Endpoints>

/** How a server is known: where secrets go, and where its endpoints are. */
export interface KnownServer {
  readonly server: URL
  /** What else may get a secret, by a name. */
  readonly operationServers: Readonly<Record<string, URL>>
  readonly find: FindEndpoints
  /** Can tokens be revoked there, as far as is known? */
  readonly mayRevoke: boolean
}
