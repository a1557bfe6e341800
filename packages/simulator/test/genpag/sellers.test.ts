import { afterEach, describe, expect, it } from 'vitest'
import { simulateGenpag } from '../../src/index.ts'
import { createStage, genpagScenes } from './scene.ts'

describe.each(genpagScenes)('sellers, %s', (_, openScene) => {
  const { scene, close } = createStage(openScene)
  afterEach(close)

  it('have their own id and keys [G08]', async () => {
    const { genpag, client } = await scene()
    const other = { sellerId: 'seller-2', refreshToken: 'refresh-token-2' }
    genpag.register(other)
    expect((await client.issue(other)).status).toBe(200)
    expect((await client.issue({ sellerId: other.sellerId })).status).toBe(401)
    expect((await client.issue({ refreshToken: other.refreshToken })).status).toBe(401)
  })

  it('see their own orders only', async () => {
    const { genpag, client } = await scene()
    const other = { sellerId: 'seller-2', refreshToken: 'refresh-token-2' }
    genpag.register(other)
    await client.create('orders', await client.token(), { order: { items: [] } })
    const token = await client.token(other)
    expect((await client.orders(token)).status).toBe(403)
    const own = await client.orders(token, {}, other.sellerId)
    expect(await own.json()).toEqual({ data: [] })
  })

  it.each([
    ['ends', undefined, 401],
    ['ends', 'ended', 401],
    ['keeps', 'kept', 200],
  ] as const)(
    'get a new refresh token in the dashboard, which %s the previous one (%s) [G05]',
    async (__, earlierRefreshTokens, status) => {
      const { genpag, client } = await scene({ earlierRefreshTokens })
      const { sellerId, refreshToken } = genpag.credentials
      const accessToken = await client.token()
      const generated = genpag.regenerate(sellerId)
      expect(generated).toMatch(/^SFMyNTY\./)
      expect((await client.issue({ refreshToken: generated })).status).toBe(200)
      expect((await client.issue({ refreshToken })).status).toBe(status)
      expect((await client.orders(accessToken)).status).toBe(200)
    },
  )

  it('are refused after their keys were taken away, and their access tokens are not', async () => {
    const { genpag, client } = await scene()
    const { sellerId, clientToken } = genpag.credentials
    const accessToken = await client.token()
    genpag.deactivate(sellerId)
    expect((await client.issue()).status).toBe(401)
    expect((await client.tokenize(clientToken)).status).toBe(401)
    expect((await client.orders(accessToken)).status).toBe(200)
    expect(() => genpag.regenerate(sellerId)).toThrow('no seller')
  })

  it('can be given other keys', async () => {
    const { genpag, client } = await scene()
    const { sellerId, clientToken } = genpag.credentials
    genpag.register({ sellerId, refreshToken: 'replaced' })
    expect((await client.issue()).status).toBe(401)
    expect((await client.issue({ refreshToken: 'replaced' })).status).toBe(200)
    expect((await client.tokenize(clientToken)).status).toBe(401)
  })

  it('may be many', async () => {
    const { genpag, client } = await scene({ earlierAccessTokens: 'ended' })
    const sellers = Array.from({ length: 100 }, (__, index) => ({ sellerId: `s${index}`, refreshToken: `r${index}` }))
    for (const seller of sellers) genpag.register(seller)
    const tokens = await Promise.all(sellers.map((seller) => client.token(seller)))
    expect(new Set(tokens).size).toBe(100)
    expect(genpag.tokens.filter(({ state }) => state === 'live')).toHaveLength(100)
  })
})

describe('keys that no seller could have', () => {
  it.each([
    [{ sellerId: '', refreshToken: 'x' }, 'sellerId'],
    [{ sellerId: 'x', refreshToken: '' }, 'refreshToken'],
    [{ sellerId: 'x', refreshToken: 'x', clientToken: '' }, 'clientToken'],
  ])('are refused (%o)', (credentials, name) => {
    expect(() => simulateGenpag({ credentials })).toThrow(name)
  })

  it('nor a life that no date can express', () => {
    expect(() => simulateGenpag({ accessTokenLifetimeMs: Number.NaN })).toThrow('accessTokenLifetimeMs')
  })
})
