import { ChaveiroError, type Secret, secret, type TokenSource } from '@chaveiro/core'
import {
  expectData,
  expectDone,
  pathSegment,
  type Reading,
  readTokenList,
  requestExpiry,
  reveal,
  type SecretInput,
  type TypedClient,
  zoned,
} from '@chaveiro/core/provider'
import { answered } from './answers.ts'
import { facts } from './generated/facts.ts'
import type { paths } from './generated/schema.ts'
import { END_FORMAT } from './provider.ts'
import { allPages, phpDate, tokenId } from './quirks.ts'

/** A token as Assine Online lists it: without its value. */
export interface IssuedApplicationToken {
  /** What it can be revoked by. */
  readonly id: string
  /** When it ends, in epoch milliseconds on the server's clock. Absent where the list does not say it readably. */
  readonly expiresAt?: number | undefined
  /** It is the application token in use here. */
  readonly current: boolean
  /** It may be the session that this client runs on. The list shows sessions too, and nothing in it tells them apart. */
  readonly mayBeSession: boolean
}

/** A token of your own: this package neither keeps it nor revokes it by itself. */
export interface NewApplicationToken {
  /** What it can be revoked by, where the answer says it. */
  readonly id?: string | undefined
  /** When it ends, in epoch milliseconds on the local clock. Absent: the answer does not say it readably. */
  readonly expiresAt?: number | undefined
  /** Shown this once. */
  readonly token: Secret
}

/** Options of {@link ApplicationTokens.create}. */
export interface NewTokenOptions {
  /** How long it shall live, in milliseconds. @default 2_592_000_000 (30 days) */
  lifetimeMs?: number | undefined
  /** Ends the call. */
  signal?: AbortSignal | undefined
}

/** Options of {@link ApplicationTokens.revoke}. */
export interface RevokeOptions {
  /** Revoke it although it may be the session that this client runs on. @default false */
  evenSession?: boolean | undefined
}

/** The application tokens of an account, beyond the one that is kept valid. */
export interface ApplicationTokens {
  /** All of them, sessions included, from all pages. */
  list(): Promise<readonly IssuedApplicationToken[]>
  /**
   * Revokes one by its id; one that is gone already is fine. If it is the one in use, the next use makes another.
   * @throws {ChaveiroError} `misconfigured` when it may be the session that this client runs on.
   */
  revoke(id: string, options?: RevokeOptions): Promise<void>
  /** Makes another token, for another program to use. */
  create(options?: NewTokenOptions): Promise<NewApplicationToken>
}

/** What the calls are made with. */
export interface ApplicationTokenContext {
  /** Sends with the session's token. */
  readonly api: TypedClient<paths>
  readonly session: TokenSource
  /** The source of the application token in use. */
  readonly source: Pick<TokenSource, 'status' | 'getToken' | 'reject'>
  readonly password: SecretInput
  readonly now: () => number
}

// A login tells how many seconds the session lives, the list when it ends: they differ by the time of the call.
const SAME_END_MS = 60_000

export function applicationTokens({ api, session, source, password, now }: ApplicationTokenContext): ApplicationTokens {
  const list = async (): Promise<readonly IssuedApplicationToken[]> => {
    let serverAheadMs = 0
    const items = await answered(
      'list tokens',
      allPages(
        async (page) => {
          const answer = api.GET('/v1/access-token', { params: { query: page === 1 ? {} : { page } } })
          const data = await expectData('listApplicationTokens', answer)
          serverAheadMs = aheadOf((await answer).response, now())
          return data
        },
        (page) => page._embedded?.access_token,
      ),
    )
    const { id: current } = await source.status()
    const { state, expiresAt: sessionEnd } = await session.status()
    return readTokenList(items, ({ id, expires }) => ({ id: tokenId(id), expiresAt: statedEnd(phpDate(expires)) })).map(
      ({ id, expiresAt }) => {
        const isCurrent = id === current
        const isLikeIt =
          sessionEnd === undefined ||
          expiresAt === undefined ||
          Math.abs(expiresAt - serverAheadMs - sessionEnd) <= SAME_END_MS
        return {
          id,
          ...(expiresAt === undefined ? {} : { expiresAt }),
          current: isCurrent,
          mayBeSession: !isCurrent && state !== 'absent' && isLikeIt,
        }
      },
    )
  }
  return {
    list,
    async revoke(id, { evenSession = false } = {}) {
      const handle = tokenId(id)
      if (handle === undefined) throw new TypeError('id is the id of a token in the list.')
      if (!evenSession && (await list()).some((token) => token.id === handle && token.mayBeSession)) {
        throw mayBeSession(handle)
      }
      const params = { path: { id: pathSegment(handle) } }
      const answer = api.DELETE('/v1/access-token/{id}', { params })
      await answered('revoke the token', expectDone('revokeApplicationToken', answer, { gone: [404] }))
      if ((await source.status()).id !== handle) return
      const held = await source.getToken()
      if (held.id === handle) await source.reject(held)
    },
    async create({ lifetimeMs = facts.inputs.lifetimeMs.default, signal } = {}) {
      const expires = await requestExpiry(
        { now: now(), noteRequestedExpiry: async () => {} },
        lifetimeMs,
        END_FORMAT,
        'UTC',
      )
      const body = { password: await reveal(password), expires }
      const answer = api.POST('/v1/access-token', { body, ...(signal && { signal }) })
      const made = await answered('make a token', expectData('createApplicationToken', answer))
      const id = tokenId(made.id)
      if (typeof made.accessToken !== 'string' || made.accessToken === '') {
        throw new ChaveiroError(
          'malformed-response',
          'Assine Online answered without the new token: look for it in list().',
          {
            provider: facts.id,
          },
        )
      }
      const expiresAt = statedEnd(phpDate(made.expires)) ?? statedEnd(zoned(expires, END_FORMAT, 'UTC'))
      return {
        ...(id === undefined ? {} : { id }),
        ...(expiresAt === undefined ? {} : { expiresAt }),
        token: secret(made.accessToken),
      }
    },
  }
}

function statedEnd(reading: Reading): number | undefined {
  return reading.kind === 'server' ? reading.at : undefined
}

function aheadOf({ headers }: Response, now: number): number {
  const date = Date.parse(headers.get('date') ?? '')
  return Number.isNaN(date) ? 0 : date - now
}

function mayBeSession(id: string): ChaveiroError {
  return new ChaveiroError(
    'misconfigured',
    `Token ${id} may be the session that this client runs on: the list does not tell them apart. If you want it revoked ` +
      'anyway, pass { evenSession: true }; to log out, call signOut().',
    { provider: facts.id },
  )
}
