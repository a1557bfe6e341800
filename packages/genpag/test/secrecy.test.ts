import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { storeUnsealed, type TokenEvent } from '@chaveiro/core'
import { memoryStore, shared } from '@chaveiro/core/shared'
import { createGenpag } from '@chaveiro/genpag'
import { type Fault, type Fetch, simulateGenpag } from '@chaveiro/simulator'
import { fileStore } from '@chaveiro/stores/file'
import { describe, expect, it, onTestFinished } from 'vitest'
import { inProcess, type Pair, recording, type SentRequest, WEEK_MS } from './support/genpag-at-simulator.ts'

const KEYS = { sellerId: 'seller-1', refreshToken: 'SFMyNTY.canary-refresh-token-7f3a' }

/** A whole life: obtained, used, refused, replaced, ended by time, obtained again. */
async function live({ genpag, simulator, clock, orders }: Pair): Promise<void> {
  await genpag.fetch(orders)
  simulator.revoke()
  await genpag.fetch(orders)
  await clock.advance(WEEK_MS)
  await genpag.fetch(orders)
}

/** Where the refresh token went. */
function placesOf(sent: readonly SentRequest[]): string[] {
  const forms = [KEYS.refreshToken, KEYS.refreshToken.slice(8), Buffer.from(KEYS.refreshToken).toString('base64')]
  return sent
    .filter(({ whole }) => forms.some((form) => whole.includes(form)))
    .map(({ method, url, authorization }) => {
      const inItsPlace = authorization === `Bearer ${KEYS.refreshToken}`
      return `${method} ${url.href}${inItsPlace ? '' : ' elsewhere than in Authorization'}`
    })
}

describe('the permanent refresh token', () => {
  it('goes to the token endpoint, in its Authorization header, and nowhere else in a whole life [G06]', async () => {
    await using pair = inProcess(KEYS, { credentials: KEYS })
    await live(pair)
    const endpoint = `POST ${pair.simulator.url.href}api/seller-1/tokens`
    expect(placesOf(pair.sent)).toEqual([endpoint, endpoint, endpoint])
    expect(pair.sent.length).toBe(3 + 4)
    expect(pair.sent.filter(({ whole }) => whole.includes(KEYS.refreshToken)).map(({ body }) => body)).toEqual([
      '{}',
      '{}',
      '{}',
    ])
  })

  it.each([
    ['to another host', 'https://evil.example/api/seller-1/tokens'],
    ['to another path of the same host', '/api/sellers/seller-1/orders'],
    ['to itself', '/api/seller-1/tokens'],
  ])('does not follow the token endpoint when that redirects %s', async (_, location) => {
    const sent: SentRequest[] = []
    const redirecting: Fetch = async (input) => {
      const { redirect } = new Request(input)
      // Like the platform's fetch, which follows redirects unless the caller says `manual`.
      if (redirect !== 'manual') throw new Error('it would have been followed')
      return new Response(null, { status: 307, headers: { location } })
    }
    await using genpag = createGenpag({ server: 'sandbox', ...KEYS, fetch: recording(redirecting, sent) })
    await expect(genpag.getToken()).rejects.toMatchObject({ code: 'misconfigured', status: 307 })
    expect(placesOf(sent)).toEqual(['POST https://api-sandbox.genpag.com.br/api/seller-1/tokens'])
  })

  it('reaches no other path, origin or header by anything that a user calls', async () => {
    const partner = new URL('https://partner.example')
    const sent: SentRequest[] = []
    const simulator = simulateGenpag({ credentials: KEYS })
    const anywhere: Fetch = (input, init) => {
      const { origin } = new URL(input instanceof Request ? input.url : input)
      return origin === simulator.url.origin
        ? simulator.fetch(input, init)
        : Promise.resolve(new Response(null, { status: 401 }))
    }
    await using genpag = createGenpag({
      server: simulator.url,
      ...KEYS,
      alsoSendTo: [partner],
      fetch: recording(anywhere, sent),
      retry: false,
    })
    // Its own endpoint, by fetch: with an access token, like every other path.
    await genpag.fetch('/api/seller-1/tokens', { method: 'POST', body: '{}' })
    await genpag.fetch('/api/seller-2/tokens', { method: 'POST', body: '{}' })
    await genpag.fetch(new URL('/api/seller-1/tokens', partner), { method: 'POST', body: '{}' })
    await genpag.fetch('/api/events?to=//evil.example')
    simulator.faults.next({ kind: 'redirect', location: `${partner.href}collect`, operation: 'listOrders' })
    await genpag.fetch('/api/sellers/seller-1/orders')
    simulator.faults.next({ kind: 'redirect', location: 'https://evil.example/', operation: 'listOrders' })
    await genpag.fetch('/api/sellers/seller-1/orders')
    await expect(genpag.fetch('https://evil.example/')).rejects.toMatchObject({ code: 'origin' })
    await expect(genpag.fetch('//evil.example/')).rejects.toMatchObject({ code: 'origin' })
    const call = { params: { path: { sellerId: 'seller-2' } }, body: {} }
    await genpag.api.POST('/api/{sellerId}/tokens', call)
    await expect(
      genpag.api.POST('/api/{sellerId}/tokens', { ...call, baseUrl: 'https://evil.example' }),
    ).rejects.toMatchObject({ code: 'origin' })

    const hosts = new Set(sent.map(({ url }) => url.host))
    expect(hosts).toEqual(new Set([simulator.url.host, partner.host]))
    const carrying = placesOf(sent)
    expect(carrying.length).toBeGreaterThan(0)
    expect(new Set(carrying)).toEqual(new Set([`POST ${simulator.url.href}api/seller-1/tokens`]))
    expect(sent.length).toBeGreaterThan(carrying.length + 8)
  })

  it('is in no record of the memory store', async () => {
    const records: string[] = []
    const memory = memoryStore()
    const store = shared({
      ...memory,
      async commit(key, next, expected, options) {
        records.push(key, next ?? '')
        return memory.commit(key, next, expected, options)
      },
    })
    await using pair = inProcess({ ...KEYS, store }, { credentials: KEYS })
    await live(pair)
    expect(records.length).toBeGreaterThanOrEqual(6)
    expect(records.join('\n')).toContain('accessToken')
    expectNone(records)
  })

  it('is in no file of an unsealed file store', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'chaveiro-genpag-'))
    onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
    await using pair = inProcess(
      { ...KEYS, store: fileStore({ directory }), [storeUnsealed]: true },
      { credentials: KEYS },
    )
    const kept: string[] = []
    const look = (): void => void kept.push(...textsIn(directory))
    await pair.genpag.fetch(pair.orders)
    look()
    pair.simulator.revoke()
    await pair.genpag.fetch(pair.orders)
    look()
    pair.simulator.faults.next({ kind: 'status', status: 500, operation: 'createAccessToken', times: 9 })
    await pair.clock.advance(WEEK_MS)
    await pair.clock.run(pair.genpag.getToken()).catch(() => {})
    look()
    expect(kept.join('\n')).toContain('accessToken')
    expectNone(kept)
  })

  it('is in no file that remembers its refusal', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'chaveiro-genpag-'))
    onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
    const store = fileStore({ directory })
    const simulator = simulateGenpag()
    await using genpag = createGenpag({
      server: simulator.url,
      ...KEYS,
      fetch: simulator.fetch,
      store,
      [storeUnsealed]: true,
    })
    await expect(genpag.getToken()).rejects.toMatchObject({ code: 'credentials-rejected' })
    const kept = textsIn(directory)
    expect(kept.length).toBeGreaterThan(0)
    expectNone(kept)
  })
})

// What else can be wrong with an answer is tried by the conformance suite; these give the key back to us.
const ECHOES: readonly Fault[] = [
  { kind: 'altered-field', field: 'data', value: { token: KEYS.refreshToken } },
  { kind: 'altered-field', field: 'data', value: `${KEYS.refreshToken}\r\nx-injected: 1` },
  { kind: 'redirect', location: `https://evil.example/?${KEYS.refreshToken}` },
]

it.each(ECHOES)('no error, event, status or client holds a secret when a renewal meets $kind', async (fault) => {
  await using pair = inProcess(KEYS, { credentials: KEYS })
  const { genpag, simulator, clock } = pair
  const events: TokenEvent[] = []
  genpag.on((event) => events.push(event))
  await genpag.getToken()
  await clock.advance(WEEK_MS)
  simulator.faults.next({ ...fault, operation: 'createAccessToken', times: 6 })
  const error: unknown = await clock.run(genpag.getToken()).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(Error)
  const secrets = simulator.revealSecrets().flatMap(encodings)
  for (const value of [error, events, await genpag.status(), genpag]) {
    for (const text of printings(value)) {
      for (const secret of secrets) expect(text.includes(secret), `a secret in ${text.slice(0, 60)}`).toBe(false)
    }
  }
})

function expectNone(texts: readonly string[]): void {
  for (const text of texts) for (const form of encodings(KEYS.refreshToken)) expect(text).not.toContain(form)
}

/** The names and the contents of all files below a folder. */
function textsIn(directory: string): string[] {
  const names = readdirSync(directory, { recursive: true, encoding: 'utf8' })
  const files = names.filter((name) => statSync(join(directory, name)).isFile())
  return files.flatMap((name) => [name, readFileSync(join(directory, name), 'utf8')])
}

function printings(value: unknown): string[] {
  const stack = value instanceof Error ? [value.stack ?? '', String(value.cause)] : []
  const shown = inspect(value, { depth: Number.POSITIVE_INFINITY, showHidden: true, getters: true })
  return [...stack, String(value), JSON.stringify(value) ?? '', shown]
}

function encodings(secret: string): string[] {
  return [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64').replace(/=+$/, '')]
}
