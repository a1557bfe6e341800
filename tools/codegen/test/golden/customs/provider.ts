// Generated from specs/customs/openapi.yaml (sha256 aa8ae6e75e359b82).
// Do not edit: change the spec, then run `pnpm generate`.

import type { KeepsSecrets, ProviderIo, SecretInput, ServerOptions, TokenProvider } from '@chaveiro/core/provider'
import {
  checkGrant,
  defineProvider,
  expectData,
  expectDone,
  keptFields,
  parentSchemes,
  perServer,
  prepareRequests,
  putHeader,
  putQuery,
  refusedWhen,
  reveal,
  typedClient,
  withParent,
} from '@chaveiro/core/provider'
import { facts } from './facts.ts'
import type { paths } from './schema.ts'

/** The servers that Customs documents, by name. */
export type CustomsServer = keyof typeof facts.servers

/** What an account at Customs is configured with. */
export interface CustomsInputs {
  /** The number of the trader. */
  trader: string
  /** The word of the account. */
  word: SecretInput
  /** The key of the application. */
  appKey: SecretInput
  /** The account to act on. */
  account?: string | undefined
}

/**
 * What is kept of the answers of Customs beside the `traderToken`. None of it is secret; the secrets are named beside
 * it.
 */
export interface CustomsTraderTokenMeta extends KeepsSecrets<'jwt' | 'pin'> {
  lane?: number | undefined
}

/**
 * The life of Customs's `traderToken`.
 *
 * - Issued by `admitTrader`, `POST /traders`; a second call does no harm.
 * - Refreshed by `renewTrader`, `PUT /traders`; each call replaces the refresh token.
 * - When it ends is undocumented, so it is used until it is refused (specs/customs/SOURCES.md).
 * - Requests carry besides: `header.jwt_token`, `header.X-Version`, `header.x-account`, `query.app-key`, `query.lane`.
 */
export const customsTraderToken: (
  options: ServerOptions<CustomsServer>,
) => TokenProvider<CustomsInputs, CustomsTraderTokenMeta> = /* @__PURE__ */ perServer(facts, (server) => {
  const client = (io: ProviderIo) => typedClient<paths>(server, io)
  return defineProvider<CustomsInputs, CustomsTraderTokenMeta>({
    id: 'customs/traderToken',
    scheme: 'traderToken',
    server,
    inputs: facts.inputs,
    operations: facts.operations,
    refreshKind: 'single-use',
    repeat: 'free',
    replay: { acquire: 'unprocessed', refresh: 'always' },
    secretQuery: ['app-key'],
    async acquire(io, inputs) {
      const answer = await expectData(
        'admitTrader',
        client(io).POST('/traders', { body: { trader: inputs.trader, word: await reveal(inputs.word) } }),
      )
      return checkGrant({
        accessToken: answer.token,
        refreshToken: answer.renewal,
        meta: keptFields({ lane: answer.lane }),
        secrets: { jwt: answer.jwt_token, pin: answer.seal?.pin },
      })
    },
    async refresh(io, { refreshToken, meta, secrets }) {
      if (refreshToken === undefined) throw new TypeError('There is no refresh token to send.')
      if (meta?.lane === undefined) throw new TypeError('There is no lane beside the token to send.')
      if (secrets?.jwt === undefined) throw new TypeError('There is no jwt beside the token to send.')
      const answer = await expectData(
        'renewTrader',
        client(io).PUT('/traders', {
          params: { query: { lane: meta.lane } },
          body: { renewal: refreshToken, jwt: secrets.jwt },
        }),
      )
      return checkGrant({
        accessToken: answer.token,
        refreshToken: answer.renewal,
        meta: keptFields({ lane: answer.lane }, meta),
        secrets: { jwt: answer.jwt_token, pin: answer.seal?.pin },
      })
    },
    authorize(headers, { accessToken, secrets }) {
      headers.set('authorization', `Bearer ${accessToken}`)
      putHeader(headers, 'jwt_token', secrets?.jwt)
      putHeader(headers, 'X-Version', 2)
    },
    prepare: prepareRequests(async ({ headers, url }, { meta }, inputs) => {
      putHeader(headers, 'x-account', inputs.account)
      putQuery(url, 'app-key', await reveal(inputs.appKey))
      putQuery(url, 'lane', meta?.lane)
    }),
  })
})

/** What an account at Customs with a `brokerToken` alone is configured with. */
export type CustomsBrokerTokenInputs = Pick<CustomsInputs, 'word'>

/** The secrets that are kept of the answers of Customs beside the `brokerToken`, by name. */
export type CustomsBrokerTokenMeta = KeepsSecrets<'jwt'>

/**
 * The life of Customs's `brokerToken`.
 *
 * - Issued by `admitBroker`, `POST /brokers`; a second call does no harm.
 * - When it ends is undocumented, so it is used until it is refused (specs/customs/SOURCES.md).
 * - Revoked by `dismissBroker`, `DELETE /brokers`.
 * - Sent in the header `X-Broker-Token`.
 */
export const customsBrokerToken: (
  options: ServerOptions<CustomsServer>,
) => TokenProvider<CustomsBrokerTokenInputs, CustomsBrokerTokenMeta> = /* @__PURE__ */ perServer(facts, (server) => {
  const client = (io: ProviderIo) => typedClient<paths>(server, io)
  return defineProvider<CustomsBrokerTokenInputs, CustomsBrokerTokenMeta>({
    id: 'customs/brokerToken',
    scheme: 'brokerToken',
    server,
    inputs: { word: facts.inputs.word },
    operations: facts.operations,
    refreshKind: 'none',
    repeat: 'free',
    replay: { acquire: 'unprocessed' },
    async acquire(io, inputs) {
      const answer = await expectData(
        'admitBroker',
        client(io).POST('/brokers', { body: { word: await reveal(inputs.word) } }),
      )
      return checkGrant({ accessToken: answer.token, secrets: { jwt: answer.jwt_token } })
    },
    async revoke(io, { accessToken }) {
      if (accessToken === undefined) throw new TypeError('There is no access token to send.')
      await expectDone('dismissBroker', client(io).DELETE('/brokers', { headers: { 'X-Broker-Token': accessToken } }))
    },
    judge: refusedWhen([403]),
    authorize(headers, { accessToken }) {
      headers.set('X-Broker-Token', accessToken)
    },
  })
})

/** What an account at Customs with a `agentToken` alone is configured with. */
export type CustomsAgentTokenInputs = Pick<CustomsInputs, 'word'>

/** The secrets that are kept of the answers of Customs beside the `agentToken`, by name. */
export type CustomsAgentTokenMeta = KeepsSecrets<'pass'>

/**
 * The life of Customs's `agentToken`.
 *
 * - Issued by `admitAgent`, `POST /agents`; a second call does no harm.
 * - When it ends is undocumented, so it is used until it is refused (specs/customs/SOURCES.md).
 * - Sent in `Authorization: Customs`.
 * - Requests carry besides: `query.trusted`, `header.X-Pass`.
 */
export const customsAgentToken: (
  options: ServerOptions<CustomsServer>,
) => TokenProvider<CustomsAgentTokenInputs, CustomsAgentTokenMeta> = /* @__PURE__ */ perServer(
  facts,
  (server, options) => {
    const client = (io: ProviderIo) => typedClient<paths>(server, io)
    return defineProvider<CustomsAgentTokenInputs, CustomsAgentTokenMeta>({
      id: 'customs/agentToken',
      scheme: 'agentToken',
      server,
      inputs: { word: facts.inputs.word },
      operations: facts.operations,
      refreshKind: 'none',
      repeat: 'free',
      replay: { acquire: 'unprocessed' },
      parents: parentSchemes({ brokerToken: customsBrokerToken(options) }),
      async acquire(io, inputs) {
        const answer = await expectData(
          'admitAgent',
          withParent(
            io,
            'brokerToken',
            async (headers) => client(io).POST('/agents', { headers, body: { word: await reveal(inputs.word) } }),
            { refused: [403], headers: (token) => ({ 'X-Broker-Token': token.reveal() }) },
          ),
        )
        return checkGrant({ accessToken: answer.token, secrets: { pass: answer.jwt_token }, requiredSecrets: ['pass'] })
      },
      authorize(headers, { accessToken, secrets }) {
        headers.set('authorization', `Customs ${accessToken}`)
        putHeader(headers, 'X-Pass', secrets?.pass)
      },
      prepare: prepareRequests(({ url }) => {
        putQuery(url, 'trusted', true)
      }),
    })
  },
)
