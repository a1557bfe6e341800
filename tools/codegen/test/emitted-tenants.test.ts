import { createTokenManager, type Fetch } from '@chaveiro/core'
import { describe, expect, onTestFinished, test } from 'vitest'
import { bazaarKeeperToken, bazaarStallToken } from './golden/bazaar/provider.ts'
import { type Answer, serve } from './token-server.ts'

const keys = { stall: 'Figs', word: 'open', clientId: 'app', clientSecret: 'hush' }
const production = { server: 'production' } as const

/** One server on this machine in place of all hosts: the host is the first segment of what it receives. */
async function anywhere(...answers: Answer[]) {
  const { url, received } = await serve(...answers)
  const fetch: Fetch = (input, init) => {
    const { host, pathname, search } = new URL(input instanceof Request ? input.url : input)
    return globalThis.fetch(new URL(`/${host}${pathname}${search}`, url), init)
  }
  const account = (shop: string) => {
    const provider = bazaarStallToken({ ...production, shop })
    const tokens = createTokenManager({ provider, credentials: () => keys, fetch })
    onTestFinished(() => tokens.close())
    return tokens.account('one')
  }
  return { account, lines: () => received.map(({ line }) => line) }
}

test('each call goes to the hosts of its tenant', async () => {
  const { account, lines } = await anywhere({ body: { token: 't' } }, { body: 'ok' }, { status: 204, body: '' })
  const source = account('blue-door')

  await source.fetch('/figs')
  await source.end({ revoke: 'require' })

  expect(lines()).toEqual([
    'POST /blue-door.bazaar.example/stalls',
    'GET /api.blue-door.bazaar.example/v2/figs',
    'POST /exit.bazaar.example/blue-door/end',
  ])
})

test('a token of one tenant goes to no host of another', async () => {
  const { account, lines } = await anywhere({ body: { token: 'one' } }, { body: 'ok' }, { body: { token: 'other' } })
  const [one, other] = [account('one'), account('other')]
  await one.fetch('/figs')

  await expect(one.fetch('https://api.other.bazaar.example/v2/figs')).rejects.toMatchObject({ code: 'origin' })
  await other.getToken()

  expect(lines().at(-1)).toBe('POST /other.bazaar.example/stalls')
})

test('each call makes a provider', () => {
  const options = { ...production, shop: 'one' }
  expect(bazaarStallToken(options)).not.toBe(bazaarStallToken(options))
})

describe.each([bazaarStallToken, bazaarKeeperToken])('%o', (make) => {
  test.each(['evil.com/', 'a.b', '', 'a@b', 'A', '-a', 'a-', 'a\n', 'a:1', '..', 'ä', 'a'.repeat(64)])(
    'refuses %j as part of a host',
    (shop) => {
      expect(() => make({ ...production, shop })).toThrow('Bazaar: shop is not a host label that the provider allows.')
      expect(() => make({ server: new URL('https://own.example'), shop })).toThrow(TypeError)
    },
  )

  test.each([undefined, null, 7, ['a']])('refuses %j', (shop) => {
    expect(() => Reflect.apply(make, undefined, [{ ...production, shop }])).toThrow('Bazaar: shop is missing.')
  })
})

test('takes a label of 63 characters', () => {
  const shop = 'a'.repeat(63)
  expect(bazaarStallToken({ ...production, shop }).server.href).toBe(`https://${shop}.bazaar.example/`)
})

test('a server that is given as a URL serves everything', () => {
  const own = new URL('https://own.example')
  const provider = bazaarStallToken({ server: own, shop: 'one' })
  expect([provider.server.href, provider.apiServer, provider.operationServers]).toEqual([own.href, undefined, {}])
})

test('the page that asks is at the tenant, and tenants are servers of one operator', () => {
  const requests = [production, { server: new URL('https://own.example') }].map(
    (server) => bazaarKeeperToken({ ...server, shop: 'one' }).consent?.request,
  )
  expect(requests.map((request) => [String(request?.url), request?.oneOperator])).toEqual([
    ['https://one.bazaar.example/agree', true],
    ['https://own.example/agree', false],
  ])
})
