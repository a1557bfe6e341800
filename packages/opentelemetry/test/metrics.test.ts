import { setImmediate } from 'node:timers/promises'
import { createBitize } from '@chaveiro/bitize'
import type { CertificateInput, Fetch } from '@chaveiro/core'
import { clientCertificates } from '@chaveiro/core/certificate'
import { createProviderClient, defineProvider } from '@chaveiro/core/provider'
import { simulateBitize } from '@chaveiro/simulator'
import {
  ATTR_ERROR_TYPE,
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_SERVER_ADDRESS,
  ATTR_SERVER_PORT,
} from '@opentelemetry/semantic-conventions'
import { describe, expect, it } from 'vitest'
import { ERROR_TYPE, METHOD, SERVER_ADDRESS, SERVER_PORT, STATUS_CODE } from '../src/attributes.ts'
import { instrument } from '../src/index.ts'
import { seriesOf } from '../src/series.ts'
import { inMemorySdk, type Measured } from './support/in-memory-sdk.ts'
import { observed } from './support/observed.ts'

const DAY_MS = 86_400_000
const BITIZE = { 'chaveiro.provider': 'bitize' }
const DENIED = { 'error.type': 'credentials-rejected' }

/** Asks for a certificate, and a person to sign in. */
const bank = defineProvider<{ certificate: CertificateInput }>({
  id: 'bank',
  server: new URL('https://bank.example'),
  refreshKind: 'reusable',
  repeat: 'free',
  inputs: { certificate: { description: 'The certificate.', kind: 'certificate', secret: true } },
  certificates: clientCertificates<{ certificate: CertificateInput }>(),
  async refresh(io, _, { certificate }) {
    await io.presenting(certificate)('https://bank.example/token')
    return { accessToken: `at-${io.now}` }
  },
})

describe('metrics', () => {
  it('counts and measures refreshes, waits and requests by their outcome', async () => {
    const { tokens, collect } = observed()
    const shop = tokens.account('shop')
    await Promise.all([shop.fetch('/vendors'), shop.fetch('/vendors'), shop.getToken()])
    await shop.fetch('/vendors/unknown', { method: 'PURGE' })
    await setImmediate()
    const counted = { count: expect.any(Number), sum: expect.any(Number), min: expect.any(Number) }
    expect(await collect('chaveiro.refresh.duration')).toMatchObject([
      { ...BITIZE, 'chaveiro.token.source': 'provider', value: { ...counted, count: 1 } },
    ])
    expect(await collect('chaveiro.wait.duration')).toMatchObject([{ ...BITIZE, value: { ...counted, count: 3 } }])
    expect(await collect('chaveiro.client.request.duration')).toMatchObject([
      { ...BITIZE, 'http.request.method': 'GET', 'http.response.status_code': 200, value: { count: 2 } },
      {
        ...BITIZE,
        'http.request.method': '_OTHER',
        'http.response.status_code': 404,
        'error.type': '404',
        value: { count: 1 },
      },
    ])
    expect(await collect('chaveiro.events')).toEqual([
      { ...BITIZE, 'chaveiro.event': 'refresh.started', value: 1 },
      { ...BITIZE, 'chaveiro.event': 'refresh.done', value: 1 },
    ])
  })

  it('says how many accounts are in which state, and which end first, without their names', async () => {
    const { tokens, collect } = observed()
    await tokens.warm(['one', 'two'])
    tokens.account('three')
    const states = await collect('chaveiro.accounts')
    expect(states).toHaveLength(7)
    expect(states).toContainEqual({ ...BITIZE, 'chaveiro.account.state': 'fresh', value: 2 })
    expect(states).toContainEqual({ ...BITIZE, 'chaveiro.account.state': 'absent', value: 1 })
    expect(states).toContainEqual({ ...BITIZE, 'chaveiro.account.state': 'expired', value: 0 })
    const first = Math.min(...tokens.accounts().map(({ expiresAt = Infinity }) => expiresAt))
    const [token, ...others] = await collect('chaveiro.token.time_to_expiry')
    expect(others).toEqual([])
    expect(token).toMatchObject(BITIZE)
    expect(await secondsOf(token)).toBeLessThanOrEqual((first - Date.now()) / 1_000 + 1)
    expect(await secondsOf(token)).toBeGreaterThan(0)
    expect(await collect('chaveiro.refresh_token.time_to_expiry')).toEqual([])
    expect(await collect('chaveiro.account.failing_since')).toEqual([])
    expect(await collect('chaveiro.endpoint.queue')).toEqual([{ ...BITIZE, value: 0 }])
    expect(await collect('chaveiro.endpoint.calls')).toEqual([{ ...BITIZE, value: 0 }])
  })

  it('says which accounts fail, since when and why, if their names are asked for', async () => {
    const { bitize, tokens, collect } = observed({ accounts: true })
    const before = Date.now() / 1_000
    bitize.faults.next({ kind: 'status', status: 429, retryAfter: 1_000, operation: 'authenticate' })
    await tokens
      .account('busy')
      .getToken()
      .catch(() => {})
    await tokens.account('fine').getToken()
    await setImmediate()
    const [failing, ...others] = await collect('chaveiro.account.failing_since')
    expect(others).toEqual([])
    expect(failing).toMatchObject({ ...BITIZE, 'chaveiro.account': 'busy', 'error.type': 'throttled' })
    expect(await secondsOf(failing)).toBeGreaterThanOrEqual(before)
    expect(await collect('chaveiro.token.time_to_expiry')).toMatchObject([{ ...BITIZE, 'chaveiro.account': 'fine' }])
  })

  it('keeps the time of the first failure until a refresh succeeds', async () => {
    let keys = { consumerKey: 'no', secretKey: 'no' }
    const { bitize, tokens, collect } = observed({ manager: { credentials: () => keys } })
    const ask = async (): Promise<void> => {
      await tokens
        .account('shop')
        .getToken()
        .catch(() => {})
      await setImmediate()
    }
    await ask()
    const [first] = await collect('chaveiro.account.failing_since')
    expect(first).toMatchObject({ ...BITIZE, ...DENIED })
    keys = { consumerKey: 'other', secretKey: 'other' }
    await ask()
    expect(await collect('chaveiro.account.failing_since')).toEqual([first])
    keys = bitize.credentials
    await ask()
    // The SDK goes on with what it has seen once. NaN is not a time, and no comparison with it is true.
    const gone = [{ ...first, value: Number.NaN }]
    expect(await collect('chaveiro.account.failing_since')).toEqual(gone)
    expect(await collect('chaveiro.account.failing_since')).toEqual(gone)
  })

  it('says until when a person has to sign in again, and when the certificate that is presented now ends', async () => {
    const { tracer, meter, collect } = inMemorySdk()
    const inDays = (days: number): number => Date.now() + days * DAY_MS
    let presents = { fingerprint: 'one', endsAt: inDays(20) }
    const answer: Fetch = async () => new Response('ok')
    const fetch = Object.assign(answer, { presenting: () => Object.assign(answer.bind(undefined), { presents }) })
    const client = createProviderClient<Record<string, never>, { certificate: CertificateInput }>(bank, {
      certificate: {
        cert: '-----BEGIN CERTIFICATE-----\none\n-----END CERTIFICATE-----\n',
        key: '-----BEGIN PRIVATE KEY-----\nmade-up\n-----END PRIVATE KEY-----\n',
      },
      account: 'shop',
      fetch,
    })
    const stop = instrument(client, { tracer, meter })
    await client.seed({ accessToken: 'one', refreshToken: 'r1', refreshExpiresAt: inDays(5) })
    const daysLeft = async (metric: string): Promise<number> => (await secondsOf(collect(metric))) / 86_400
    expect(await daysLeft('chaveiro.refresh_token.time_to_expiry')).toBeCloseTo(5, 1)
    await client.getToken({ newerThan: await client.getToken() })
    expect(await daysLeft('chaveiro.certificate.time_to_expiry')).toBeCloseTo(20, 1)
    presents = { fingerprint: 'two', endsAt: inDays(365) }
    await client.getToken({ newerThan: await client.getToken() })
    expect(await daysLeft('chaveiro.certificate.time_to_expiry')).toBeCloseTo(365, 1)
    // One account has no line at the endpoint.
    expect(await collect('chaveiro.endpoint.queue')).toEqual([])
    stop()
    await client.close()
  })

  it('reads nothing more when it is stopped', async () => {
    const { tokens, collect, stop } = observed()
    await tokens.account('shop').getToken()
    const before = await collect('chaveiro.accounts')
    stop()
    await tokens.account('other').getToken()
    expect(await collect('chaveiro.accounts')).toEqual(before)
  })
})

describe('a gauge with names', () => {
  const readings = Array.from({ length: 1_200 }, (_, index) => ({
    account: { tenant: `shop-${index}` },
    attributes: BITIZE,
    value: 1_200 - index,
  }))

  it('names the thousand accounts with the smallest values, and makes one series of the others', () => {
    const series = seriesOf(readings, true)
    expect(series).toHaveLength(1_001)
    expect(series[0]).toEqual({ attributes: { ...BITIZE, 'chaveiro.account': 'shop-1199' }, value: 1 })
    expect(series.at(-1)).toEqual({ attributes: BITIZE, value: 1_001 })
  })

  it('is one series without them', () => {
    expect(seriesOf(readings, false)).toEqual([{ attributes: BITIZE, value: 1 }])
  })
})

it('names are those of OpenTelemetry’s conventions', () => {
  expect([ERROR_TYPE, METHOD, STATUS_CODE, SERVER_ADDRESS, SERVER_PORT]).toEqual([
    ATTR_ERROR_TYPE,
    ATTR_HTTP_REQUEST_METHOD,
    ATTR_HTTP_RESPONSE_STATUS_CODE,
    ATTR_SERVER_ADDRESS,
    ATTR_SERVER_PORT,
  ])
})

it('without an SDK nothing is made, and an option that does not exist is refused', async () => {
  const bitize = simulateBitize()
  await using client = createBitize({ server: bitize.url, fetch: bitize.fetch, ...bitize.credentials })
  const stop = instrument(client)
  expect((await client.fetch('/vendors')).status).toBe(200)
  await setImmediate()
  stop()
  expect(() => instrument(client, JSON.parse('{ "account": true }'))).toThrow(
    'instrument() has no option account. It takes tracer, meter and accounts.',
  )
})

async function secondsOf(series: Measured | undefined | Promise<readonly Measured[]>): Promise<number> {
  const { value } = (series instanceof Promise ? (await series)[0] : series) ?? {}
  return typeof value === 'number' ? value : Number.NaN
}
