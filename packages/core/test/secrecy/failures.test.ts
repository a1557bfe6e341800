import { ChaveiroError, secret } from '@chaveiro/core'
import type { ProviderIo } from '@chaveiro/core/provider'
import { describe, expect, test } from 'vitest'
import { collectFailures, KEYS } from '../support/collect-failures.ts'
import { sharedStore } from '../support/shared-store.ts'
import type { Simulated, SimulatedOptions } from '../support/simulated-bitize.ts'

describe('no failure shows a secret [SC02]', () => {
  test.each<[string, SimulatedOptions, ((world: Simulated) => unknown)?]>([
    ['wrong keys', {}, ({ bitize }) => bitize.deactivate(KEYS.consumerKey)],
    [
      'wrong keys from a Secret',
      { manager: { credentials: () => ({ ...KEYS, secretKey: secret(KEYS.secretKey) }) } },
      ({ bitize }) => bitize.deactivate(KEYS.consumerKey),
    ],
    [
      'revoked tokens',
      {},
      async ({ bitize, source }) => {
        await source.getToken()
        bitize.revoke({ which: 'both' })
        bitize.deactivate(KEYS.consumerKey)
      },
    ],
    [
      'credentials that throw',
      {
        manager: {
          credentials: () => {
            throw new Error(KEYS.secretKey, { cause: KEYS })
          },
        },
      },
    ],
    ['credentials that reject', { manager: { credentials: () => Promise.reject(KEYS.secretKey) } }],
    [
      'an input that throws',
      {
        manager: {
          credentials: () => ({
            ...KEYS,
            secretKey: () => {
              throw new TypeError(KEYS.secretKey)
            },
          }),
        },
      },
    ],
    ['a missing input', { manager: { credentials: () => ({ ...KEYS, consumerKey: '' }) } }],
    [
      'a provider that throws what it was given',
      {
        provider: {
          acquire: (_io, inputs) =>
            Promise.reject(Object.assign(new Error(JSON.stringify(inputs)), { inputs, key: KEYS })),
        },
      },
    ],
    [
      'a provider that throws a ChaveiroError of its own',
      { provider: { acquire: () => Promise.reject(new ChaveiroError('misconfigured', `bad key ${KEYS.secretKey}`)) } },
    ],
    [
      'a provider that throws the encoded key',
      {
        provider: {
          acquire: () =>
            Promise.reject(
              new ChaveiroError('malformed-response', `Basic ${btoa(`u:${encodeURIComponent(KEYS.secretKey)}`)}`),
            ),
        },
      },
    ],
    [
      'a provider whose classify() throws',
      {
        provider: {
          classify: (failure) => {
            throw new Error(JSON.stringify([failure, KEYS]))
          },
        },
      },
      ({ bitize }) => {
        bitize.faults.next({ kind: 'status', status: 500, operation: 'authenticate', times: Infinity })
      },
    ],
    [
      'a provider whose authorize() throws',
      {
        provider: {
          authorize: (_headers, token) => {
            throw new Error(token.accessToken)
          },
        },
      },
    ],
    [
      'a provider whose revoke() throws',
      {
        provider: {
          revoke: (_io, { accessToken = '' }, inputs) =>
            Promise.reject(new Error(`${accessToken} ${JSON.stringify(inputs)}`)),
        },
      },
    ],
    [
      'a fetch that quotes the request',
      {
        manager: {
          fetch: async (input, init) => {
            throw new Error(await new Request(input, init).text())
          },
        },
      },
    ],
    [
      'a store that cannot read',
      { manager: { store: sharedStore({ beforeRead: () => Promise.reject(new Error(KEYS.secretKey)) }) } },
    ],
    [
      'a store that quotes what it cannot write',
      {
        manager: {
          store: sharedStore({
            beforeCommit: (_key, next) =>
              Promise.reject(Object.assign(new Error(`${next}`), { code: 'EIO', detail: next })),
          }),
        },
      },
    ],
    [
      'a store that quotes it, with persistFailure: fail',
      {
        manager: {
          persistFailure: 'fail',
          store: sharedStore({
            beforeCommit: (_key, next) => {
              throw new Error(`${next}`)
            },
          }),
        },
      },
    ],
    [
      'a store that loses the answers',
      {
        manager: {
          store: sharedStore({
            afterCommit: (_key, next) => {
              throw new Error(`${next}`)
            },
          }),
        },
      },
    ],
    [
      'a provider that throws the answer as a ChaveiroError',
      {
        provider: {
          async acquire(io, { consumerKey: consumer_key }) {
            throw new ChaveiroError('malformed-response', `odd: ${await answerTo(io, consumer_key)}`)
          },
        },
      },
    ],
  ])('of %s', async (_name, options, prepare = () => {}) => {
    expect((await collectFailures(options, prepare)).leaks).toEqual([])
  })

  test('of a record that is not one', async () => {
    const store = sharedStore()
    for (const value of [
      undefined,
      'access-1',
      '{"v":2,"token":"canary"}',
      '{"v":1,"token":{"accessToken":"canary"}}',
      '[',
    ]) {
      const { leaks, failures } = await collectFailures({ manager: { store } }, async ({ source }) => {
        await source.getToken()
        for (const [key, { value: before = '' }] of store.records) {
          store.records.set(key, {
            version: `x${before.length}`,
            value: value === undefined ? undefined : `${value}${before}`,
          })
        }
      })
      expect(leaks).toEqual([])
      expect(failures).toBeGreaterThan(0)
      store.records.clear()
    }
  })
})

async function answerTo(io: ProviderIo, consumerKey: string): Promise<string> {
  const body = JSON.stringify({ consumer_key: consumerKey, secret_key: KEYS.secretKey })
  const headers = { 'content-type': 'application/json' }
  const response = await io.fetch('https://bitize.simulator.test/auth', { method: 'POST', headers, body })
  const text = await response.text()
  expect(text).toContain('access_token')
  return text
}
