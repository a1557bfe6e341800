// Generated from specs/correios/openapi.yaml (sha256 639e610c03d6c220).
// Do not edit: change the spec, then run `pnpm generate`.

import type { ProviderIo, SecretInput, ServerOptions, TokenProvider } from '@chaveiro/core/provider'
import {
  basic,
  checkGrant,
  defineProvider,
  expectData,
  expiry,
  given,
  perServer,
  reveal,
  typedClient,
  zoned,
} from '@chaveiro/core/provider'
import { facts } from './facts.ts'
import type { paths } from './schema.ts'

/** The servers that Correios documents, by name. */
export type CorreiosServer = keyof typeof facts.servers

/** What an account at Correios is configured with. */
export interface CorreiosInputs {
  /** The user of Meu Correios, or its idCorreios. */
  username: string
  /**
   * The access code of the APIs, not the password of the site: in Correios Web Services (cws.correios.com.br), under
   * Gestão de acesso a API's.
   */
  accessCode: SecretInput
  /**
   * The number of the posting card (cartão de postagem), with its zeros in front. Without it the token is for the
   * contract, and without a contract for the user alone.
   */
  postingCard?: string | undefined
  /** The number of the contract. */
  contract?: string | undefined
}

/**
 * The life of Correios's `postingCardToken`.
 *
 * - Issued by `issuePostingCardToken`, `POST /token/v1/autentica/cartaopostagem`; what a second call does to the first
 *   token is undocumented.
 * - Each answer says when it ends, in `expiraEm` (specs/correios/SOURCES.md).
 */
export const correiosPostingCardToken: (options: ServerOptions<CorreiosServer>) => TokenProvider<CorreiosInputs> =
  /* @__PURE__ */ perServer(facts, (server) => {
    const client = (io: ProviderIo) => typedClient<paths>(server, io)
    return defineProvider<CorreiosInputs>({
      id: 'correios/postingCardToken',
      scheme: 'postingCardToken',
      server,
      inputs: facts.inputs,
      operations: facts.operations,
      refreshKind: 'none',
      repeat: 'unknown',
      replay: { acquire: 'unprocessed' },
      async acquire(io, inputs) {
        const answer = await expectData(
          'issuePostingCardToken',
          client(io).POST('/token/v1/autentica/cartaopostagem', {
            headers: basic(inputs.username, await reveal(inputs.accessCode)),
            body: given({ numero: inputs.postingCard, contrato: inputs.contract }),
          }),
        )
        return checkGrant({
          accessToken: answer.token,
          expiresAt: expiry(io, zoned(answer.expiraEm, 'YYYY-MM-DDTHH:mm:ss', 'UTC')),
        })
      },
    })
  })

/** What an account at Correios with a `contractToken` alone is configured with. */
export type CorreiosContractTokenInputs = Pick<CorreiosInputs, 'username' | 'accessCode' | 'contract'>

/**
 * The life of Correios's `contractToken`.
 *
 * - Issued by `issueContractToken`, `POST /token/v1/autentica/contrato`; what a second call does to the first token is
 *   undocumented.
 * - Each answer says when it ends, in `expiraEm` (specs/correios/SOURCES.md).
 */
export const correiosContractToken: (
  options: ServerOptions<CorreiosServer>,
) => TokenProvider<CorreiosContractTokenInputs> = /* @__PURE__ */ perServer(facts, (server) => {
  const client = (io: ProviderIo) => typedClient<paths>(server, io)
  return defineProvider<CorreiosContractTokenInputs>({
    id: 'correios/contractToken',
    scheme: 'contractToken',
    server,
    inputs: { username: facts.inputs.username, accessCode: facts.inputs.accessCode, contract: facts.inputs.contract },
    operations: facts.operations,
    refreshKind: 'none',
    repeat: 'unknown',
    replay: { acquire: 'unprocessed' },
    async acquire(io, inputs) {
      const answer = await expectData(
        'issueContractToken',
        client(io).POST('/token/v1/autentica/contrato', {
          headers: basic(inputs.username, await reveal(inputs.accessCode)),
          body: given({ numero: inputs.contract }),
        }),
      )
      return checkGrant({
        accessToken: answer.token,
        expiresAt: expiry(io, zoned(answer.expiraEm, 'YYYY-MM-DDTHH:mm:ss', 'UTC')),
      })
    },
  })
})

/** What an account at Correios with a `userToken` alone is configured with. */
export type CorreiosUserTokenInputs = Pick<CorreiosInputs, 'username' | 'accessCode'>

/**
 * The life of Correios's `userToken`.
 *
 * - Issued by `issueUserToken`, `POST /token/v1/autentica`; what a second call does to the first token is undocumented.
 * - Each answer says when it ends, in `expiraEm` (specs/correios/SOURCES.md).
 */
export const correiosUserToken: (options: ServerOptions<CorreiosServer>) => TokenProvider<CorreiosUserTokenInputs> =
  /* @__PURE__ */ perServer(facts, (server) => {
    const client = (io: ProviderIo) => typedClient<paths>(server, io)
    return defineProvider<CorreiosUserTokenInputs>({
      id: 'correios/userToken',
      scheme: 'userToken',
      server,
      inputs: { username: facts.inputs.username, accessCode: facts.inputs.accessCode },
      operations: facts.operations,
      refreshKind: 'none',
      repeat: 'unknown',
      replay: { acquire: 'unprocessed' },
      async acquire(io, inputs) {
        const answer = await expectData(
          'issueUserToken',
          client(io).POST('/token/v1/autentica', { headers: basic(inputs.username, await reveal(inputs.accessCode)) }),
        )
        return checkGrant({
          accessToken: answer.token,
          expiresAt: expiry(io, zoned(answer.expiraEm, 'YYYY-MM-DDTHH:mm:ss', 'UTC')),
        })
      },
    })
  })
