// Generated from specs/bitize/openapi.yaml (sha256 0add907e60e6fbdc).
// Do not edit: change the spec, then run `pnpm generate`.

import type { Grant, ProviderIo, SecretInput, ServerOptions, TokenProvider } from '@chaveiro/core/provider'
import {
  checkGrant,
  defineProvider,
  expectData,
  expiry,
  optionalExpiry,
  perServer,
  reveal,
  rfc3339,
  spentWhen,
  typedClient,
} from '@chaveiro/core/provider'
import { facts } from './facts.ts'
import type { components, paths } from './schema.ts'

/** The servers that Bitize documents, by name. */
export type BitizeServer = keyof typeof facts.servers

/** What an account at Bitize is configured with. */
export interface BitizeInputs {
  /** The Consumer Key of an integration: a UUID, shown at app.bitize.com.br under Configurações > Integrações. */
  consumerKey: string
  /** The Secret Key of the same integration. Bitize shows it once, when the integration is registered. */
  secretKey: SecretInput
}

/**
 * The life of Bitize's `accessToken`.
 *
 * - Issued by `authenticate`, `POST /auth`; what a second call does to the first token is undocumented.
 * - Refreshed by `refreshAccessToken`, `GET /auth`; what becomes of the refresh token that was sent is undocumented, so
 *   it is used once.
 * - Each answer says when it ends, in `expiration_access_token`; when that cannot be read, a life of 15 minutes is
 *   assumed (specs/bitize/SOURCES.md).
 */
export const bitizeProvider: (options: ServerOptions<BitizeServer>) => TokenProvider<BitizeInputs> =
  /* @__PURE__ */ perServer(facts, (server) => {
    const client = (io: ProviderIo) => typedClient<paths>(server, io)
    return defineProvider<BitizeInputs>({
      id: facts.id,
      scheme: 'accessToken',
      server,
      inputs: facts.inputs,
      operations: facts.operations,
      refreshKind: 'single-use',
      repeat: 'unknown',
      replay: { acquire: 'unprocessed', refresh: 'unprocessed' },
      secretQuery: ['refresh_token'],
      async acquire(io, inputs) {
        const answer = await expectData(
          'authenticate',
          client(io).POST('/auth', {
            body: { consumer_key: inputs.consumerKey, secret_key: await reveal(inputs.secretKey) },
          }),
        )
        return toGrant(io, answer)
      },
      async refresh(io, { refreshToken }) {
        if (refreshToken === undefined) throw new TypeError('There is no refresh token to send.')
        const answer = await expectData(
          'refreshAccessToken',
          client(io).GET('/auth', { params: { query: { refresh_token: refreshToken } } }),
        )
        return toGrant(io, answer)
      },
      classify: spentWhen([401]),
    })
  })

/** Reads an answer of `authenticate` or `refreshAccessToken`; the readers check what the types cannot. */
function toGrant(io: ProviderIo, answer: components['schemas']['TokenPair']): Grant {
  return checkGrant({
    accessToken: answer.access_token,
    expiresAt: expiry(io, rfc3339(answer.expiration_access_token), { otherwiseMs: 900_000 }),
    refreshToken: answer.refresh_token,
    refreshExpiresAt: optionalExpiry(io, rfc3339(answer.expiration_refresh_token)),
  })
}
