// Generated from specs/bureau/openapi.yaml (sha256 dbb7ad177ae0514e).
// Do not edit: change the spec, then run `pnpm generate`.

import type { ProviderIo, SecretInput, ServerOptions, TokenProvider } from '@chaveiro/core/provider'
import {
  afterDuration,
  askedScopes,
  basic,
  checkGrant,
  classifyBy,
  defineProvider,
  epoch,
  expectData,
  expiry,
  formClient,
  given,
  grantedScopes,
  jwtExp,
  keptFields,
  optionalExpiry,
  perServer,
  reveal,
  revealGiven,
  rfc3339,
  typedClient,
  zoned,
} from '@chaveiro/core/provider'
import { facts } from './facts.ts'
import type { paths } from './schema.ts'

/** The servers that Bureau documents, by name. */
export type BureauServer = keyof typeof facts.servers

/** What an account at Bureau is configured with. */
export interface BureauInputs {
  /** The application. */
  clientId: string
  /** The secret of the application. */
  clientSecret: SecretInput
  /** Opens the gate before the token endpoint. */
  gateKey: SecretInput
  /** What the token is for. */
  purpose?: string | undefined
  /** The name of the clerk. */
  clerk: string
  /** The code of the clerk. */
  code: SecretInput
  /** The clerk's second code. */
  pin?: SecretInput | undefined
  /** Found again in the bureau's logs. */
  trace?: string | undefined
  /** The word of the member. */
  word: SecretInput
}

/** What an account at Bureau with a `applicationToken` alone is configured with. */
export type BureauApplicationTokenInputs = Pick<BureauInputs, 'clientId' | 'clientSecret' | 'gateKey' | 'purpose'>

/**
 * The life of Bureau's `applicationToken`.
 *
 * - Issued by `issueToken`, `POST /token`; a second call does no harm.
 * - When it ends is undocumented, so it is used until it is refused (specs/bureau/SOURCES.md).
 */
export const bureauApplicationToken: (
  options: ServerOptions<BureauServer>,
) => TokenProvider<BureauApplicationTokenInputs> = /* @__PURE__ */ perServer(facts, (server) => {
  const form = (io: ProviderIo) => formClient<paths>(server, io)
  return defineProvider<BureauApplicationTokenInputs>({
    id: 'bureau/applicationToken',
    scheme: 'applicationToken',
    server,
    inputs: {
      clientId: facts.inputs.clientId,
      clientSecret: facts.inputs.clientSecret,
      gateKey: facts.inputs.gateKey,
      purpose: facts.inputs.purpose,
    },
    operations: facts.operations,
    refreshKind: 'none',
    repeat: 'free',
    replay: { acquire: 'unprocessed' },
    async acquire(io, inputs) {
      const asked = askedScopes(io, { always: ['offline'], separator: ',' })
      const answer = await expectData(
        'issueToken',
        form(io).POST('/token', {
          headers: {
            ...basic(inputs.clientId, await reveal(inputs.clientSecret), { encoded: true }),
            'X-Gate-Key': await reveal(inputs.gateKey),
          },
          body: { grant_type: 'client_credentials', version: 2, ...given({ scope: asked, purpose: inputs.purpose }) },
        }),
      )
      return checkGrant({
        accessToken: answer.access_token,
        tokenType: answer.token_type,
        bearerNames: ['Bureau'],
        scopes: grantedScopes(answer.scope, { asked, separator: ',' }),
      })
    },
  })
})

/** What an account at Bureau with a `clerkToken` alone is configured with. */
export type BureauClerkTokenInputs = Pick<BureauInputs, 'clerk' | 'code' | 'pin' | 'trace'>

/**
 * The life of Bureau's `clerkToken`.
 *
 * - Issued by `admitClerk`, `POST /clerks`; a second call does no harm.
 * - Each answer says when it ends, in `token`; when that cannot be read, a life of 1 day is assumed
 *   (specs/bureau/SOURCES.md).
 */
export const bureauClerkToken: (options: ServerOptions<BureauServer>) => TokenProvider<BureauClerkTokenInputs> =
  /* @__PURE__ */ perServer(facts, (server) => {
    const client = (io: ProviderIo) => typedClient<paths>(server, io)
    return defineProvider<BureauClerkTokenInputs>({
      id: 'bureau/clerkToken',
      scheme: 'clerkToken',
      server,
      inputs: { clerk: facts.inputs.clerk, code: facts.inputs.code, pin: facts.inputs.pin, trace: facts.inputs.trace },
      operations: facts.operations,
      refreshKind: 'none',
      repeat: 'free',
      replay: { acquire: 'unprocessed' },
      async acquire(io, inputs) {
        const answer = await expectData(
          'admitClerk',
          client(io).POST('/clerks', {
            params: { header: given({ 'X-Trace': inputs.trace }) },
            headers: basic(inputs.clerk, await reveal(inputs.code)),
            body: {
              clerk: { name: inputs.clerk, ...given({ pin: await revealGiven(inputs.pin) }) },
              desk: { floor: 3 },
            },
          }),
        )
        return checkGrant({
          accessToken: answer.token,
          expiresAt: expiry(io, jwtExp(answer.token), { otherwiseMs: 86_400_000 }),
        })
      },
    })
  })

/** What an account at Bureau with a `memberToken` alone is configured with. */
export type BureauMemberTokenInputs = Pick<BureauInputs, 'clientId' | 'word'>

/** What is kept of the answers of Bureau beside the `memberToken`. None of it is secret. */
export interface BureauMemberTokenMeta {
  number?: number | undefined
  colour?: string | undefined
}

/**
 * The life of Bureau's `memberToken`.
 *
 * - Issued by `admitMember`, `POST /members`; a second call does no harm.
 * - Refreshed by `renewMember`, `PUT /members`; each call replaces the refresh token.
 * - Each answer says when it ends, in `ends` (specs/bureau/SOURCES.md).
 */
export const bureauMemberToken: (
  options: ServerOptions<BureauServer>,
) => TokenProvider<BureauMemberTokenInputs, BureauMemberTokenMeta> = /* @__PURE__ */ perServer(facts, (server) => {
  const client = (io: ProviderIo) => typedClient<paths>(server, io)
  return defineProvider<BureauMemberTokenInputs, BureauMemberTokenMeta>({
    id: 'bureau/memberToken',
    scheme: 'memberToken',
    server,
    inputs: { clientId: facts.inputs.clientId, word: facts.inputs.word },
    operations: facts.operations,
    refreshKind: 'single-use',
    repeat: 'free',
    replay: { acquire: 'unprocessed', refresh: 'unprocessed' },
    async acquire(io, inputs) {
      const answer = await expectData(
        'admitMember',
        client(io).POST('/members', { body: { member: inputs.clientId, word: await reveal(inputs.word) } }),
        { misconfigured: [{ status: 200, body: { '/ok': false } }] },
      )
      return checkGrant({
        accessToken: answer.token,
        expiresAt: expiry(io, rfc3339(answer.ends)),
        refreshToken: answer.renewal,
        refreshExpiresAt: optionalExpiry(io, afterDuration(2_592_000_000)),
        meta: keptFields({ number: answer.number, colour: answer.card?.colour }),
      })
    },
    async refresh(io, { refreshToken, meta }) {
      if (refreshToken === undefined) throw new TypeError('There is no refresh token to send.')
      const answer = await expectData('renewMember', client(io).PUT('/members', { body: { renewal: refreshToken } }), {
        misconfigured: [{ status: 200, body: { '/ok': false } }],
      })
      return checkGrant({
        accessToken: answer.token,
        expiresAt: expiry(io, rfc3339(answer.ends)),
        refreshToken: answer.renewal ?? refreshToken,
        refreshExpiresAt: optionalExpiry(io, afterDuration(2_592_000_000)),
        meta: keptFields({ number: answer.number, colour: answer.card?.colour }, meta),
      })
    },
    classify: classifyBy({
      acquire: {
        denied: [{ status: 403, header: { 'X-Reason': ['unknown-member', 'wrong-word'] } }],
        misconfigured: [{ status: 400, body: { '/error/code': [12, 13] } }],
      },
      refresh: {
        dead: [{ status: 400, body: { '/error/code': 7 } }],
        denied: [{ status: '4XX', body: { '/error/code': [8, 9] } }],
      },
    }),
  })
})

/** What an account at Bureau with a `guestToken` alone is configured with. */
export type BureauGuestTokenInputs = Pick<BureauInputs, never>

/**
 * The life of Bureau's `guestToken`.
 *
 * - Not issued here: the first one is brought, with `seed()`.
 * - Refreshed by `renewGuest`, `PUT /guests`; what becomes of the refresh token that was sent is undocumented, so it is
 *   used once.
 * - Each answer says when it ends, in `ends` (specs/bureau/SOURCES.md).
 */
export const bureauGuestToken: (options: ServerOptions<BureauServer>) => TokenProvider<BureauGuestTokenInputs> =
  /* @__PURE__ */ perServer(facts, (server) => {
    const form = (io: ProviderIo) => formClient<paths>(server, io)
    return defineProvider<BureauGuestTokenInputs>({
      id: 'bureau/guestToken',
      scheme: 'guestToken',
      server,
      inputs: {},
      operations: facts.operations,
      refreshKind: 'single-use',
      repeat: 'unknown',
      replay: { refresh: 'unprocessed' },
      async refresh(io, { refreshToken }) {
        if (refreshToken === undefined) throw new TypeError('There is no refresh token to send.')
        const answer = await expectData('renewGuest', form(io).PUT('/guests', { body: { renewal: refreshToken } }))
        return checkGrant({
          accessToken: answer.token,
          expiresAt: expiry(io, epoch(answer.ends, 'milliseconds')),
          refreshToken: answer.renewal ?? refreshToken,
          refreshExpiresAt: optionalExpiry(io, zoned(answer.renewal_ends, 'YYYY-MM-DDTHH:mm:ss', 'UTC'), {
            idleMs: 172_800_000,
          }),
        })
      },
    })
  })
