// Generated from specs/ferry/openapi.yaml (sha256 d41ceba3762176e9).
// Do not edit: change the spec, then run `pnpm generate`.

import type { ProviderIo, SecretInput, ServerOptions, TokenProvider } from '@chaveiro/core/provider'
import {
  bearer,
  checkGrant,
  defineProvider,
  expectData,
  expectDone,
  formClient,
  parentSchemes,
  perServer,
  resolveApiServer,
  resolveOperationServers,
  resolveServer,
  reveal,
  typedClient,
  withParent,
} from '@chaveiro/core/provider'
import { facts } from './facts.ts'
import type { paths } from './schema.ts'

/** The servers that Ferry documents, by name. */
export type FerryServer = keyof typeof facts.servers

/** What an account at Ferry is configured with. */
export interface FerryInputs {
  /** The name of the boat. */
  boat: string
  /** The word of its captain. */
  word: SecretInput
}

/**
 * The life of Ferry's `boatToken`.
 *
 * - Issued by `admitBoat`, `POST /boats`; a second call does no harm.
 * - When it ends is undocumented, so it is used until it is refused (specs/ferry/SOURCES.md).
 * - Revoked by `dismissBoat`, `POST /boats/end`.
 */
export const ferryBoatToken: (options: ServerOptions<FerryServer>) => TokenProvider<FerryInputs> =
  /* @__PURE__ */ perServer(facts, (server, options) => {
    const form = (io: ProviderIo) => formClient<paths>(server, io)
    const dismissBoatClient = (io: ProviderIo) => typedClient<paths>(resolveServer(facts, options, 'dismissBoat'), io)
    return defineProvider<FerryInputs>({
      id: 'ferry/boatToken',
      scheme: 'boatToken',
      server,
      apiServer: resolveApiServer(facts, options),
      operationServers: resolveOperationServers(facts, options, server),
      inputs: facts.inputs,
      operations: facts.operations,
      refreshKind: 'none',
      repeat: 'free',
      replay: { acquire: 'unprocessed' },
      async acquire(io, inputs) {
        const answer = await expectData(
          'admitBoat',
          form(io).POST('/boats', { body: { boat: inputs.boat, word: await reveal(inputs.word) } }),
        )
        return checkGrant({ accessToken: answer.token })
      },
      async revoke(io, { accessToken }) {
        if (accessToken === undefined) throw new TypeError('There is no access token to send.')
        await expectDone('dismissBoat', dismissBoatClient(io).POST('/boats/end', { headers: bearer(accessToken) }))
      },
    })
  })

/**
 * The life of Ferry's `cargoToken`.
 *
 * - Issued by `admitCargo`, `POST /cargo`; a second call does no harm.
 * - When it ends is undocumented, so it is used until it is refused (specs/ferry/SOURCES.md).
 */
export const ferryCargoToken: (options: ServerOptions<FerryServer>) => TokenProvider<FerryInputs> =
  /* @__PURE__ */ perServer(facts, (_server, options) => {
    const home = resolveServer(facts, options, 'admitCargo')
    const client = (io: ProviderIo) => typedClient<paths>(home, io)
    return defineProvider<FerryInputs>({
      id: 'ferry/cargoToken',
      scheme: 'cargoToken',
      server: home,
      apiServer: resolveApiServer(facts, options, 'admitCargo'),
      operationServers: resolveOperationServers(facts, options, home),
      inputs: facts.inputs,
      operations: facts.operations,
      refreshKind: 'none',
      repeat: 'free',
      replay: { acquire: 'unprocessed' },
      parents: parentSchemes({ boatToken: ferryBoatToken(options) }),
      async acquire(io) {
        const answer = await expectData(
          'admitCargo',
          withParent(io, 'boatToken', (headers) => client(io).POST('/cargo', { headers, body: { hold: 1 } })),
        )
        return checkGrant({ accessToken: answer.token })
      },
    })
  })
