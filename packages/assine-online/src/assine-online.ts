import type { EndOptions, TokenSource } from '@chaveiro/core'
import {
  type ClientOptions,
  openProviderClient,
  type ProviderClient,
  type ServerOptions,
  type TypedClient,
  typedClient,
} from '@chaveiro/core/provider'
import { type ApplicationTokens, applicationTokens } from './application-tokens.ts'
import type { AssineOnlineServer } from './generated/provider.ts'
import type { paths } from './generated/schema.ts'
import { type AssineOnlineInputs, type AssineOnlineToken, type Minting, unfitting } from './inputs.ts'
import { assineOnlineProvider } from './provider.ts'
import { type AssineOnlineUser, mayHaveApplicationTokens, readUser } from './user.ts'

/** What `createAssineOnline()` takes: one of the three ways in, the server, and how tokens are kept and used. */
export type AssineOnlineOptions<Inputs extends AssineOnlineInputs = AssineOnlineInputs> = Inputs &
  ServerOptions<AssineOnlineServer> &
  ClientOptions

/** An Assine Online account with a given application token: `fetch`, `getToken()`, `user()`, `close()`. */
export interface AssineOnlineWithToken extends ProviderClient<paths> {
  /** The user to whom the token belongs. */
  user(): Promise<AssineOnlineUser>
  /** May the account have application tokens? Only one of an organisation (PJ) may. */
  canIssueApplicationTokens(): Promise<boolean>
}

/** An Assine Online account that makes its application tokens itself. */
export interface AssineOnline extends AssineOnlineWithToken {
  /** All application tokens of the account: list them, revoke one, make one for another program. */
  readonly applicationTokens: ApplicationTokens
  /** The session that they are made with: a token source of its own, kept in memory only. */
  readonly session: TokenSource
  /**
   * Logs out: ends the session at Assine Online. Application tokens live on; `end()` revokes the one in use.
   * @throws {ChaveiroError} when it was not ended there; pass `revoke: 'skip'` to forget it anyway.
   */
  signOut(options?: EndOptions): Promise<void>
}

/**
 * Keeps a valid application token of Assine Online, and puts it on every request.
 *
 * @example
 * const assine = createAssineOnline({ server: 'homologation', username, password })
 * const workflows = await assine.fetch('/v1/workflow')
 * @throws {TypeError} when the server is missing, or the inputs match none of the three sign-in methods; the message says what to pass.
 */
export function createAssineOnline(options: AssineOnlineOptions<AssineOnlineToken>): AssineOnlineWithToken
export function createAssineOnline(options: AssineOnlineOptions<Minting>): AssineOnline
export function createAssineOnline(options: AssineOnlineOptions): AssineOnline | AssineOnlineWithToken {
  const unfit = unfitting(options)
  if (unfit !== undefined) throw new TypeError(`createAssineOnline(): ${unfit}`)
  const provider = assineOnlineProvider(options)
  const { client, parent } = openProviderClient<paths, AssineOnlineInputs>(provider, options)
  const sentBy = ({ fetch }: TokenSource): TypedClient<paths> => typedClient<paths>(provider.server, { fetch })
  const withUser = (api: TypedClient<paths>): AssineOnlineWithToken =>
    Object.assign(client, {
      user: () => readUser(api),
      canIssueApplicationTokens: () => mayHaveApplicationTokens(api),
    })
  if (options.applicationToken !== undefined) return withUser(sentBy(client))
  const { password, sessionToken, clock } = options
  const session = parent('sessionToken')
  const api = sentBy(session)
  return Object.assign(withUser(api), {
    session,
    applicationTokens: applicationTokens({
      api,
      session,
      source: client,
      password,
      now: () => clock?.now() ?? Date.now(),
    }),
    async signOut(wish: EndOptions = {}) {
      // A session token that was passed in is not held until it is first used.
      if (sessionToken !== undefined) await session.getToken()
      await session.end({ revoke: 'require', ...wish })
    },
  })
}
