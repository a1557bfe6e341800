import { providerConformance } from '@chaveiro/core/testing'
import { integraContadorProvider, serproProvider } from '@chaveiro/serpro'
import { describeWith } from '@chaveiro/test-servers'
import { controlOf } from '@chaveiro/test-servers/control'
import { describe, it } from 'vitest'
import { gateway, integraContador } from './contract.ts'

const WRONG = { consumerSecret: 'not-the-right-secret' }

describe("Serpro's gateway", () => {
  providerConformance({
    test: it,
    open() {
      const { simulator, clock, inputs, fetch } = gateway()
      return {
        provider: serproProvider({ server: simulator.url }),
        credentials: inputs,
        wrongCredentials: { ...inputs, ...WRONG },
        apiPath: '/consulta-cpf-df/v1/cpf/00000000000',
        tokenType: '/token_type',
        fetch,
        clock,
        control: controlOf(simulator, clock),
      }
    },
  })
})

describeWith(['openssl'], 'Integra Contador', () => {
  providerConformance({
    test: it,
    open() {
      const { simulator, clock, inputs, fetch } = integraContador()
      return {
        provider: integraContadorProvider({ server: simulator.url }),
        credentials: inputs,
        wrongCredentials: { ...inputs, ...WRONG },
        apiPath: '/Consultar',
        tokenType: '/token_type',
        required: ['/jwt_token'],
        // The suite reads, and this API takes a POST for everything.
        fetch: Object.assign((...request: Parameters<typeof fetch>) => {
          const asked = new Request(...request)
          return fetch(asked.method === 'GET' ? new Request(asked, { method: 'POST' }) : asked)
        }, fetch),
        clock,
        control: controlOf(simulator, clock),
      }
    },
  })
})
