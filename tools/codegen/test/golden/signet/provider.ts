// Generated from specs/signet/openapi.yaml (sha256 ace0d03974179273).
// Do not edit: change the spec, then run `pnpm generate`.

import { assertionSigner, byServer } from '@chaveiro/core/assertion'
import type { ProviderIo, SecretInput, ServerOptions, TokenProvider } from '@chaveiro/core/provider'
import {
  askedScopes,
  checkGrant,
  defineProvider,
  expectData,
  expiry,
  formClient,
  given,
  grantedScopes,
  perServer,
  reveal,
  seconds,
} from '@chaveiro/core/provider'
import { facts } from './facts.ts'
import type { paths } from './schema.ts'

/** The servers that Signet documents, by name. */
export type SignetServer = keyof typeof facts.servers

/** What an account at Signet is configured with. */
export interface SignetInputs {
  /** The id of the application. */
  clientId: string
  /** Its private key, a PEM. */
  privateKey: SecretInput
  /** For whom the application acts. */
  employee?: string | undefined
}

/**
 * The life of Signet's `serviceToken`.
 *
 * - Issued by `issueToken`, `POST /oauth/token`; a second call does no harm.
 * - Each answer says when it ends, in `expires_in`; when that cannot be read, a life of 5 minutes is assumed
 *   (specs/signet/SOURCES.md).
 */
export const signetServiceToken: (options: ServerOptions<SignetServer>) => TokenProvider<SignetInputs> =
  /* @__PURE__ */ perServer(facts, (server, options) => {
    const form = (io: ProviderIo) => formClient<paths>(server, io)
    const sign = assertionSigner()
    return defineProvider<SignetInputs>({
      id: 'signet/serviceToken',
      scheme: 'serviceToken',
      server,
      inputs: facts.inputs,
      operations: facts.operations,
      refreshKind: 'none',
      repeat: 'free',
      replay: { acquire: 'unprocessed' },
      async acquire(io, inputs) {
        const asked = askedScopes(io, { always: ['read'] })
        const answer = await expectData(
          'issueToken',
          form(io).POST('/oauth/token', {
            body: {
              grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
              assertion: await sign(io, {
                alg: 'RS256',
                key: await reveal(inputs.privateKey),
                lifetimeMs: 900_000,
                claims: {
                  iss: inputs.clientId,
                  sub: inputs.clientId,
                  aud: byServer(options.server, {
                    production: 'https://api.signet.example/oauth/token',
                    sandbox: 'https://sandbox.signet.example',
                  }),
                  version: 1,
                  ...given({ act: inputs.employee, scope: asked }),
                },
              }),
            },
          }),
        )
        return checkGrant({
          accessToken: answer.access_token,
          expiresAt: expiry(io, seconds(answer.expires_in), { otherwiseMs: 300_000 }),
          scopes: grantedScopes(answer.scope, { asked }),
        })
      },
    })
  })

/** What an account at Signet with a `agentToken` alone is configured with. */
export type SignetAgentTokenInputs = Pick<SignetInputs, 'clientId' | 'privateKey'>

/**
 * The life of Signet's `agentToken`.
 *
 * - Issued by `issueToken`, `POST /oauth/token`; a second call does no harm.
 * - Each answer says when it ends, in `expires_in`; when that cannot be read, a life of 5 minutes is assumed
 *   (specs/signet/SOURCES.md).
 */
export const signetAgentToken: (options: ServerOptions<SignetServer>) => TokenProvider<SignetAgentTokenInputs> =
  /* @__PURE__ */ perServer(facts, (server) => {
    const form = (io: ProviderIo) => formClient<paths>(server, io)
    const sign = assertionSigner()
    return defineProvider<SignetAgentTokenInputs>({
      id: 'signet/agentToken',
      scheme: 'agentToken',
      server,
      inputs: { clientId: facts.inputs.clientId, privateKey: facts.inputs.privateKey },
      operations: facts.operations,
      refreshKind: 'none',
      repeat: 'free',
      replay: { acquire: 'unprocessed' },
      async acquire(io, inputs) {
        const answer = await expectData(
          'issueToken',
          form(io).POST('/oauth/token', {
            body: {
              grant_type: 'client_credentials',
              client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
              client_assertion: await sign(io, {
                alg: 'EdDSA',
                key: await reveal(inputs.privateKey),
                lifetimeMs: 60_000,
                claims: { iss: inputs.clientId, sub: inputs.clientId, aud: 'https://signet.example' },
              }),
            },
          }),
        )
        return checkGrant({
          accessToken: answer.access_token,
          expiresAt: expiry(io, seconds(answer.expires_in), { otherwiseMs: 300_000 }),
        })
      },
    })
  })
