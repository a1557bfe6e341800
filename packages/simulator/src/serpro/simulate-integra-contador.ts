// Written by hand: the facts of Integra Contador that RFC 6749 leaves open, as SOURCES.md has them, and one request of its API. It
// never reads the lifecycle, so that a mistake in one shows against the other.

import { bearerToken } from '../incoming-request.ts'
import type { OAuthApiAnswer, OAuthApiCall } from '../oauth/api-operation.ts'
import type { OAuthOperation } from '../oauth/oauth-server.ts'
import type { OAuthSimulatorOptions } from '../oauth/options.ts'
import { certificateIfRegistered, OWN_KEYS } from '../oauth/own-keys.ts'
import { type OAuthSimulator, simulateOAuth } from '../oauth/simulate-oauth.ts'

/** What can be counted, and what a fault can wait for. `consult` is `POST /Consultar`, which is charged. */
export type IntegraContadorOperation = OAuthOperation | 'consult'

/** Integra Contador, simulated. */
export interface IntegraContadorSimulator extends OAuthSimulator<IntegraContadorOperation> {
  /** Requests that are charged: those answered with 200 or 403. */
  readonly charged: number
  /** From now on the contribuinte has no power of attorney for anyone: a 403 that no other token puts right. */
  denyPower(): void
}

// Where a document leaves something open, the server's default is the stricter reading.
const FACTS: OAuthSimulatorOptions = {
  ...OWN_KEYS,
  url: new URL('https://integra-contador.simulator.test'),
  tokenPath: '/authenticate',
  client: 'basic',
  tokenHeaders: { 'role-type': 'TERCEIROS' },
  scopes: ['default'],
  accessTokenLifetimeMs: 2_008_000, // that of the example
}

/**
 * Starts an Integra Contador of your own, in this process: no socket, no global state, nothing to stop. A contractor that is
 * registered with a certificate has to present it to get tokens; one without has none, because only TLS can show one.
 */
export const simulateIntegraContador = (options: OAuthSimulatorOptions = {}): IntegraContadorSimulator => {
  // The second token of each answer, by the first. Both have to be of one answer: the stricter reading.
  const pairs = new Map<string, string>()
  let charged = 0
  let hasPower = true
  const consult = ({ headers }: OAuthApiCall): OAuthApiAnswer => {
    charged += 1
    const isPair = headers.get('jwt_token') === pairs.get(bearerToken(headers) ?? '')
    if (!isPair) return refused('041', 'Acesso negado. HEADER jwt_token inválido.')
    if (!hasPower) return refused('022', 'Acesso negado. O autor do pedido de dados não tem procuração.')
    return { status: 200, body: { status: 200, dados: '', mensagens: [] } }
  }
  const simulator = simulateOAuth<'consult'>(
    {
      ...FACTS,
      ...certificateIfRegistered('token', options),
      answer: (body) => {
        const { access_token: token } = body
        if (typeof token !== 'string') return body
        pairs.set(token, `${token}.of.the.contractor`)
        return { ...body, jwt_token: `${token}.of.the.contractor` }
      },
      ...options,
    },
    { consult: { method: 'POST', path: '/Consultar', answer: consult } },
  )
  const ofTokens = simulator.revealSecrets.bind(simulator)
  const resetOthers = simulator.reset.bind(simulator)
  const own = {
    get charged() {
      return charged
    },
    denyPower: () => {
      hasPower = false
    },
    revealSecrets: () => [...ofTokens(), ...pairs.values()],
    reset: () => {
      resetOthers()
      pairs.clear()
      charged = 0
      hasPower = true
    },
  }
  // `Object.assign` has read the getter once.
  return Object.defineProperties(Object.assign(simulator, own), Object.getOwnPropertyDescriptors(own))
}

// No source shows where the code is: the shape is that of the other answers.
const refused = (code: string, texto: string): OAuthApiAnswer => ({
  status: 403,
  body: { status: 403, mensagens: [{ codigo: `[AcessoNegado-ICGERENCIADOR-${code}]`, texto }] },
})
