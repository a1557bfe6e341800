// What a provider reads of its server before a call: `io.lookUp()`.
import { createTokenManager, type TokenManagerOptions } from '@chaveiro/core'
import { checkGrant, defineProvider, expiry, type ProviderIo, seconds } from '@chaveiro/core/provider'
import { describe, expect, test } from 'vitest'
import { FakeClock } from '../../src/testing/fake-clock.ts'
import { offline, reset, scriptedIssuer, status, tokenAnswer } from '../support/scripted-issuer.ts'

const SERVER = new URL('https://issuer.example')
const KEY = 'a-secret-key-of-the-shop'

function world(
  look: (io: ProviderIo) => Promise<unknown>,
  options: Partial<TokenManagerOptions<{ key: string }>> = {},
) {
  const issuer = scriptedIssuer()
  const clock = new FakeClock()
  const provider = defineProvider<{ key: string }>({
    id: 'looking',
    server: SERVER,
    refreshKind: 'single-use',
    repeat: 'unknown',
    async refresh(io, { refreshToken }) {
      await look(io)
      const response = await io.fetch(new URL('/token', SERVER), { method: 'POST', body: JSON.stringify(refreshToken) })
      if (!response.ok) throw new Error('a status')
      const answer = await response.json()
      return checkGrant({ accessToken: answer.access_token, expiresAt: expiry(io, seconds(answer.expires_in)) })
    },
  })
  const manager = createTokenManager({
    provider,
    credentials: () => ({ key: KEY }),
    fetch: issuer.fetch,
    clock,
    random: () => 0,
    ...options,
  })
  const source = manager.account('one')
  const seeded = source.seed({ accessToken: 'first', refreshToken: 'r1', expiresAt: clock.now() })
  return { issuer, clock, source, seeded }
}

const document = (io: ProviderIo): Promise<Response> => io.lookUp(new URL('/document', SERVER))

test('a document is read before the call, without a redirect followed', async () => {
  const texts: string[] = []
  const { issuer, source, seeded } = world(async (io) => texts.push(await (await document(io)).text()))
  await seeded
  issuer.prepare(new Response('what it says'), tokenAnswer('second'))
  expect((await source.getToken()).generation).toBe(2)
  expect(texts).toEqual(['what it says'])
  expect(issuer.requests.map(({ path, request }) => [request.method, path, request.redirect])).toEqual([
    ['GET', '/document', 'manual'],
    ['POST', '/token', 'manual'],
  ])
})

describe('nothing was sent, and a single-use refresh token stays good, if the document', () => {
  test.each([
    ['could not be asked for', offline()],
    ['was lost on the way', reset()],
  ])('%s', async (_, failure) => {
    const { issuer, source, clock, seeded } = world(document)
    await seeded
    // Nothing was sent, so it is asked twice more at once, over new connections.
    issuer.prepare(failure, failure, failure)
    await expect(source.getToken()).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('https://issuer.example/document could not be read.'),
    })
    await clock.advance(60_000)
    issuer.prepare(new Response('there'), tokenAnswer('second'))
    expect((await source.getToken()).generation).toBe(2)
    expect(issuer.sent().at(-1)).toBe('r1')
  })

  test('was refused by the server: the provider decides what that means', async () => {
    const statuses: number[] = []
    const { issuer, source, seeded } = world(async (io) => statuses.push((await document(io)).status))
    await seeded
    issuer.prepare(status(404), tokenAnswer('second'))
    expect((await source.getToken()).generation).toBe(2)
    expect(statuses).toEqual([404])
  })
})

test('what is longer than 1 MiB reads as nothing', async () => {
  const lengths: number[] = []
  const { issuer, source, seeded } = world(async (io) => lengths.push((await (await document(io)).text()).length))
  await seeded
  issuer.prepare(new Response('x'.repeat(1024 * 1024 + 1)), tokenAnswer('second'))
  await source.getToken()
  expect(lengths).toEqual([0])
})

test.each([
  ['another origin', 'https://evil.example/document', 'origin'],
  ['a secret in the URL', `https://issuer.example/document?of=${KEY}`, 'misconfigured'],
])('%s is not asked', async (_, url, code) => {
  const { source, seeded } = world((io) => io.lookUp(new URL(url)))
  await seeded
  const failed: unknown = await source.getToken().catch((error: unknown) => error)
  expect(failed).toMatchObject({ code })
  expect(JSON.stringify(failed)).not.toContain(KEY)
})
