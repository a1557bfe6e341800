// Generated from specs/guild/openapi.yaml (sha256 f31f47d9ec9c0551).
// Do not edit: change the spec, then run `pnpm generate`.

import { authorizationCode, shownCode } from '@chaveiro/core/consent'
import type { ProviderIo, SecretInput, ServerOptions, TokenProvider } from '@chaveiro/core/provider'
import {
  afterDuration,
  askedScopes,
  atServer,
  basic,
  checkGrant,
  classifyBy,
  defineProvider,
  expectData,
  expiry,
  formClient,
  given,
  keptFields,
  optionalExpiry,
  perServer,
  reveal,
  seconds,
  typedClient,
} from '@chaveiro/core/provider'
import { facts } from './facts.ts'
import type { paths } from './schema.ts'

/** The servers that Guild documents, by name. */
export type GuildServer = keyof typeof facts.servers

/** What an account at Guild is configured with. */
export interface GuildInputs {
  /**
   * The id of the application.
   * @default 'guildhall'
   */
  application?: string | undefined
  /** The secret of the application. */
  secret: SecretInput
}

/** What is kept of the answers of Guild beside the `memberToken`. None of it is secret. */
export interface GuildMemberTokenMeta {
  member?: number | undefined
  realm?: string | undefined
}

/**
 * The life of Guild's `memberToken`.
 *
 * - A person signs in once, on a page of the provider; `issueToken`, `POST /token`, exchanges the code.
 * - Refreshed by `issueToken`, `POST /token`; each call replaces the refresh token.
 * - Each answer says when it ends, in `expires_in`; when that cannot be read, a life of 1 hour is assumed
 *   (specs/guild/SOURCES.md).
 */
export const guildMemberToken: (
  options: ServerOptions<GuildServer>,
) => TokenProvider<GuildInputs, GuildMemberTokenMeta> = /* @__PURE__ */ perServer(facts, (server, options) => {
  const form = (io: ProviderIo) => formClient<paths>(server, io)
  return defineProvider<GuildInputs, GuildMemberTokenMeta>({
    id: 'guild/memberToken',
    scheme: 'memberToken',
    server,
    inputs: facts.inputs,
    operations: facts.operations,
    refreshKind: 'single-use',
    repeat: 'unknown',
    replay: { refresh: 'always' },
    consent: authorizationCode({
      url: atServer('https://join.guild.example/agree?lang=pt', options),
      clientId: ({ application = facts.inputs.application.default }) => application,
      parameters: { access_type: 'offline' },
      scopes: { always: ['offline'], demanded: true, separator: ',' },
      pkce: 'required',
      issuer: { url: atServer('https://join.guild.example', options), inCallback: 'always' },
      async exchange(io, { code, redirectUri, verifier, callback }, inputs) {
        if (verifier === undefined) throw new TypeError('There is no verifier to send.')
        const answer = await expectData(
          'issueToken',
          form(io).POST('/token', {
            headers: basic(inputs.application ?? facts.inputs.application.default, await reveal(inputs.secret), {
              encoded: true,
            }),
            body: { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier },
          }),
        )
        return checkGrant({
          accessToken: answer.access_token,
          expiresAt: expiry(io, seconds(answer.expires_in), { otherwiseMs: 3_600_000 }),
          refreshToken: answer.refresh_token,
          refreshExpiresAt: optionalExpiry(io, afterDuration(2_592_000_000)),
          meta: keptFields({ member: answer.member, realm: callback['realm-id'] }),
        })
      },
    }),
    async refresh(io, { refreshToken, meta }, inputs) {
      if (refreshToken === undefined) throw new TypeError('There is no refresh token to send.')
      const answer = await expectData(
        'issueToken',
        form(io).POST('/token', {
          headers: basic(inputs.application ?? facts.inputs.application.default, await reveal(inputs.secret), {
            encoded: true,
          }),
          body: { grant_type: 'refresh_token', refresh_token: refreshToken },
        }),
      )
      return checkGrant({
        accessToken: answer.access_token,
        expiresAt: expiry(io, seconds(answer.expires_in), { otherwiseMs: 3_600_000 }),
        refreshToken: answer.refresh_token ?? refreshToken,
        refreshExpiresAt: optionalExpiry(io, afterDuration(2_592_000_000)),
        meta: keptFields({ member: answer.member }, meta),
      })
    },
    classify: classifyBy({
      exchange: { dead: [{ status: 400, body: { '/error': 'code_used' } }] },
      refresh: { dead: [{ status: 400, body: { '/error': ['token_used', 'token_old'] } }] },
    }),
  })
})

/** What an account at Guild with a `badgeToken` alone is configured with. */
export type GuildBadgeTokenInputs = Pick<GuildInputs, 'application'>

/**
 * The life of Guild's `badgeToken`.
 *
 * - A person signs in once, on a page of the provider; `issueBadge`, `POST /badges`, exchanges the code.
 * - Does not end by itself (specs/guild/SOURCES.md).
 */
export const guildBadgeToken: (options: ServerOptions<GuildServer>) => TokenProvider<GuildBadgeTokenInputs> =
  /* @__PURE__ */ perServer(facts, (server) => {
    const client = (io: ProviderIo) => typedClient<paths>(server, io)
    return defineProvider<GuildBadgeTokenInputs>({
      id: 'guild/badgeToken',
      scheme: 'badgeToken',
      server,
      inputs: { application: facts.inputs.application },
      operations: facts.operations,
      refreshKind: 'none',
      repeat: 'unknown',
      consent: authorizationCode({
        url: new URL('/badges/agree', server),
        clientId: ({ application = facts.inputs.application.default }) => application,
        pkce: 'unsupported',
        issuer: { inCallback: 'never' },
        async exchange(io, { code }, inputs) {
          const answer = await expectData(
            'issueBadge',
            client(io).POST('/badges', {
              body: { application: inputs.application ?? facts.inputs.application.default, code },
            }),
          )
          return checkGrant({ accessToken: answer.badge })
        },
      }),
    })
  })

/** What an account at Guild with a `passToken` alone is configured with. */
export type GuildPassTokenInputs = Pick<GuildInputs, 'application'>

/**
 * The life of Guild's `passToken`.
 *
 * - A person signs in once, types the code of `showCode`, `POST /codes`, and types another one back; `exchangeCode`,
 *   `POST /codes/exchange`, exchanges the code.
 * - When it ends is undocumented, so it is used until it is refused (specs/guild/SOURCES.md).
 */
export const guildPassToken: (options: ServerOptions<GuildServer>) => TokenProvider<GuildPassTokenInputs> =
  /* @__PURE__ */ perServer(facts, (server) => {
    const client = (io: ProviderIo) => typedClient<paths>(server, io)
    const form = (io: ProviderIo) => formClient<paths>(server, io)
    return defineProvider<GuildPassTokenInputs>({
      id: 'guild/passToken',
      scheme: 'passToken',
      server,
      inputs: { application: facts.inputs.application },
      operations: facts.operations,
      refreshKind: 'none',
      repeat: 'unknown',
      consent: shownCode({
        async show(io, inputs) {
          const answer = await expectData(
            'showCode',
            form(io).POST('/codes', {
              body: {
                application: inputs.application ?? facts.inputs.application.default,
                ...given({ scope: askedScopes(io) }),
              },
            }),
          )
          return {
            userCode: answer.user_code,
            verificationUrl: answer.page,
            verifier: answer.proof,
            expiresAt: optionalExpiry(io, seconds(answer.lasts), { otherwiseMs: 300_000 }),
          }
        },
        async exchange(io, { code, verifier }) {
          const answer = await expectData(
            'exchangeCode',
            client(io).POST('/codes/exchange', { body: { code, proof: verifier } }),
          )
          return checkGrant({ accessToken: answer.pass })
        },
      }),
    })
  })
