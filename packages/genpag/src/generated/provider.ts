// Generated from specs/genpag/openapi.yaml (sha256 b36682d4ccd8e03c).
// Do not edit: change the spec, then run `pnpm generate`.

import type { ProviderIo, SecretInput, ServerOptions, TokenProvider } from '@chaveiro/core/provider'
import {
  afterDuration,
  bearer,
  checkGrant,
  defineProvider,
  expectData,
  expiry,
  pathSegment,
  perServer,
  refuseDeviceCalls,
  reveal,
  typedClient,
} from '@chaveiro/core/provider'
import { facts } from './facts.ts'
import type { paths } from './schema.ts'

/** The servers that Genpag documents, by name. */
export type GenpagServer = keyof typeof facts.servers

/** What an account at Genpag is configured with. */
export interface GenpagInputs {
  /** The id of the seller: in the dashboard under Perfil e preferências > Desenvolvedor > Chaves de Acesso > Meu ID. */
  sellerId: string
  /**
   * The seller's refresh token, which does not expire: in the dashboard under Perfil e Preferências > Desenvolvedor >
   * Gerar nova chave. Only a new one is shown.
   */
  refreshToken: SecretInput
}

/**
 * The life of Genpag's `accessToken`.
 *
 * - Issued by `createAccessToken`, `POST /api/{sellerId}/tokens`; what a second call does to the first token is
 *   undocumented.
 * - Ends 7 days after it was issued (specs/genpag/SOURCES.md).
 */
export const genpagProvider: (options: ServerOptions<GenpagServer>) => TokenProvider<GenpagInputs> =
  /* @__PURE__ */ perServer(facts, (server) => {
    const client = (io: ProviderIo) => typedClient<paths>(server, io)
    return defineProvider<GenpagInputs>({
      id: facts.id,
      scheme: 'accessToken',
      server,
      inputs: facts.inputs,
      operations: facts.operations,
      deviceCalls: refuseDeviceCalls(),
      refreshKind: 'none',
      repeat: 'unknown',
      replay: { acquire: 'unprocessed' },
      async acquire(io, inputs) {
        const answer = await expectData(
          'createAccessToken',
          client(io).POST('/api/{sellerId}/tokens', {
            params: { path: { sellerId: pathSegment(inputs.sellerId) } },
            headers: bearer(await reveal(inputs.refreshToken)),
            body: {},
          }),
        )
        return checkGrant({ accessToken: answer.data, expiresAt: expiry(io, afterDuration(604_800_000)) })
      },
    })
  })
