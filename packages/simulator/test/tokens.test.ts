import { afterEach, describe, expect, it } from 'vitest'
import type { BitizeSimulatorOptions } from '../src/index.ts'
import { readTokens } from './bitize-client.ts'
import { type Scene, waysIn } from './ways-in.ts'

describe.each(waysIn)('tokens, %s', (_, openScene) => {
  const open: Scene[] = []
  const scene = async (options?: BitizeSimulatorOptions): Promise<Scene> => {
    const opened = await openScene(options)
    open.push(opened)
    return opened
  }
  afterEach(async () => {
    for (const { close } of open.splice(0)) await close()
  })

  it('issues a pair with both ends in UTC and milliseconds (B06, B07, B08)', async () => {
    const { client, clock } = await scene()
    const tokens = await client.tokens()
    expect(Object.keys(tokens).sort()).toEqual([
      'access_token',
      'expiration_access_token',
      'expiration_refresh_token',
      'refresh_token',
    ])
    expect(tokens.expiration_access_token).toBe(new Date(clock.now() + 86_400_000).toISOString())
    expect(tokens.expiration_refresh_token).toBe(new Date(clock.now() + 172_800_000).toISOString())
    expect(tokens.access_token).toMatch(/^[\x21-\x7e]+$/)
  })

  it('takes the lifetimes that it is given', async () => {
    const { client, clock } = await scene({ accessTokenLifetimeMs: 5_000, refreshTokenLifetimeMs: 9_000 })
    const tokens = await client.tokens()
    expect(Date.parse(tokens.expiration_access_token) - clock.now()).toBe(5_000)
    expect(Date.parse(tokens.expiration_refresh_token) - clock.now()).toBe(9_000)
  })

  it('issues tokens that arrive expired when a lifetime is negative', async () => {
    const { bitize, client } = await scene({ accessTokenLifetimeMs: -1 })
    const { access_token } = await client.tokens()
    expect((await client.api('/vendors', access_token)).status).toBe(401)
    expect(bitize.tokens).toMatchObject([{ access: { state: 'expired' }, refresh: { state: 'live' } }])
  })

  it('refuses a lifetime that no date can express', async () => {
    await expect(async () => scene({ refreshTokenLifetimeMs: Infinity })).rejects.toThrow('refreshTokenLifetimeMs')
  })

  it.each([
    [undefined, 400],
    [400, 400],
    [401, 401],
  ] as const)('answers wrong keys as the option %s says', async (wrongKeysStatus, status) => {
    const { bitize, client } = await scene({ wrongKeysStatus })
    const body = JSON.stringify({ consumer_key: bitize.credentials.consumerKey, secret_key: 'another-key' })
    const response = await client.authenticate({ body })
    expect(response.status).toBe(status)
    const model = await response.text()
    expect(JSON.parse(model)).toEqual({
      status,
      title: expect.any(String),
      detail: expect.stringContaining('secret_key'),
      validation: null,
    })
    expect(model).not.toContain('another-key')
    expect(bitize.tokens).toEqual([])
  })

  it('replaces both tokens on refresh and leaves the earlier access token alive (B09)', async () => {
    const { client } = await scene()
    const first = await client.tokens()
    const second = await readTokens(await client.refresh(first.refresh_token))
    expect(second.access_token).not.toBe(first.access_token)
    expect(second.refresh_token).not.toBe(first.refresh_token)
    expect((await client.api('/vendors', first.access_token)).status).toBe(200)
    expect((await client.api('/vendors', second.access_token)).status).toBe(200)
  })

  it('refuses a spent refresh token and counts the reuse', async () => {
    const { bitize, client } = await scene()
    const first = await client.tokens()
    const second = await readTokens(await client.refresh(first.refresh_token))
    expect(bitize.reuses).toBe(0)

    const reused = await client.refresh(first.refresh_token)
    expect(reused.status).toBe(401)
    expect(await reused.json()).toMatchObject({ status: 401, detail: 'query.refresh_token: spent' })
    expect(bitize.reuses).toBe(1)
    expect((await client.refresh(second.refresh_token)).status).toBe(200)
  })

  it('ends the whole family on reuse when told so, and no other', async () => {
    const { bitize, client } = await scene({ reuse: 'revoke-family' })
    const first = await client.tokens()
    const second = await readTokens(await client.refresh(first.refresh_token))
    const other = await client.tokens()

    expect((await client.refresh(first.refresh_token)).status).toBe(401)
    expect((await client.refresh(second.refresh_token)).status).toBe(401)
    expect((await client.api('/vendors', second.access_token)).status).toBe(401)
    expect((await client.api('/vendors', other.access_token)).status).toBe(200)
    expect(bitize.reuses).toBe(1)
  })

  it('takes a refresh token again when rotation is reusable', async () => {
    const { bitize, client } = await scene({ rotation: 'reusable' })
    const first = await client.tokens()
    expect((await client.refresh(first.refresh_token)).status).toBe(200)
    expect((await client.refresh(first.refresh_token)).status).toBe(200)
    expect(bitize.reuses).toBe(0)
    expect(bitize.tokens.map(({ generation }) => generation)).toEqual([1, 2, 3])
  })

  it('ends earlier access tokens when told so', async () => {
    const { client } = await scene({ earlierAccessTokens: 'ended' })
    const first = await client.tokens()
    const second = await readTokens(await client.refresh(first.refresh_token))
    expect((await client.api('/vendors', first.access_token)).status).toBe(401)
    expect((await client.api('/vendors', second.access_token)).status).toBe(200)
  })

  it('refuses an access token from the very millisecond of its end', async () => {
    const { client, clock } = await scene()
    const { access_token } = await client.tokens()
    clock.advance(86_399_999)
    expect((await client.api('/vendors', access_token)).status).toBe(200)
    clock.advance(1)
    const refused = await client.api('/vendors', access_token)
    expect(refused.status).toBe(401)
    expect(await refused.json()).toMatchObject({ detail: 'header.authorization: access token expired' })
  })

  it('refuses an expired and an unknown refresh token (B10)', async () => {
    const { client, clock } = await scene()
    const { refresh_token } = await client.tokens()
    clock.advance(172_800_000)
    const expired = await client.refresh(refresh_token)
    expect([expired.status, await expired.json()]).toMatchObject([401, { detail: 'query.refresh_token: expired' }])
    const unknown = await client.refresh('never-issued')
    expect([unknown.status, await unknown.json()]).toMatchObject([401, { detail: 'query.refresh_token: unknown' }])
  })

  it('refuses a refresh token that was not percent-encoded', async () => {
    const { bitize, client, url } = await scene()
    const { refresh_token } = await client.tokens()
    const send = bitize.url === url ? bitize.fetch : fetch
    const response = await send(`${url.origin}/auth?refresh_token=${refresh_token}`)
    expect(response.status).toBe(401)
    expect((await client.refresh(refresh_token)).status).toBe(200)
  })

  it('kills chosen tokens at the server', async () => {
    const { bitize, client } = await scene()
    const first = await client.tokens()
    const second = await client.tokens()

    expect(bitize.revoke({ family: 1 })).toBe(1)
    expect((await client.api('/vendors', first.access_token)).status).toBe(401)
    expect((await client.api('/vendors', second.access_token)).status).toBe(200)

    expect(bitize.expire()).toBe(1)
    expect((await client.api('/vendors', second.access_token)).status).toBe(401)

    expect(bitize.revoke({ which: 'refresh', generation: 1 })).toBe(2)
    expect((await client.refresh(first.refresh_token)).status).toBe(401)
    expect(bitize.revoke({ which: 'both' })).toBe(0)
  })

  it('lists what it issued, by family and generation', async () => {
    const { bitize, client, clock } = await scene()
    const { refresh_token } = await client.tokens()
    await client.refresh(refresh_token)
    await client.tokens()
    bitize.revoke({ family: 2 })
    const issuedAt = clock.now()
    const account = bitize.credentials.consumerKey
    const [day, twoDays] = [issuedAt + 86_400_000, issuedAt + 172_800_000]
    expect(bitize.tokens).toEqual([
      {
        family: 1,
        generation: 1,
        account,
        issuedAt,
        access: { expiresAt: day, state: 'live' },
        refresh: { expiresAt: twoDays, state: 'spent' },
      },
      {
        family: 1,
        generation: 2,
        account,
        issuedAt,
        access: { expiresAt: day, state: 'live' },
        refresh: { expiresAt: twoDays, state: 'live' },
      },
      {
        family: 2,
        generation: 1,
        account,
        issuedAt,
        access: { expiresAt: day, state: 'revoked' },
        refresh: { expiresAt: twoDays, state: 'live' },
      },
    ])
  })

  it('accepts every registered integration and none that was deactivated (B02)', async () => {
    const { bitize, client } = await scene()
    const { access_token } = await client.tokens()
    bitize.register({ consumerKey: '11111111-1111-4111-8111-111111111111', secretKey: 'second' })
    const body = JSON.stringify({ consumer_key: '11111111-1111-4111-8111-111111111111', secret_key: 'second' })
    expect((await client.authenticate({ body })).status).toBe(200)

    bitize.deactivate(bitize.credentials.consumerKey)
    expect((await client.authenticate()).status).toBe(400)
    expect((await client.api('/vendors', access_token)).status).toBe(200)
    expect((await client.authenticate({ body })).status).toBe(200)
  })
})
