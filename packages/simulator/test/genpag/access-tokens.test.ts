import { afterEach, describe, expect, it } from 'vitest'
import { createStage, genpagScenes } from './scene.ts'

const WEEK_MS = 604_800_000

describe.each(genpagScenes)('the access token, %s', (_, openScene) => {
  const { scene, close } = createStage(openScene)
  afterEach(close)

  it('comes for the refresh token as Bearer and the body {} [G06]', async () => {
    const { genpag, client } = await scene()
    const response = await client.issue()
    expect(response.status).toBe(200)
    expect(genpag.requests).toMatchObject([
      { method: 'POST', path: `/api/${genpag.credentials.sellerId}/tokens`, operation: 'createAccessToken' },
    ])
  })

  it('is the string in `data`, and nothing comes with it [G07]', async () => {
    const { client } = await scene()
    const body: unknown = await (await client.issue()).json()
    expect(body).toEqual({ data: expect.stringMatching(/^SFMyNTY\.[\w.-]+$/) })
  })

  it('comes without a content type too, as in the curl of the guide [G06]', async () => {
    const { genpag, client } = await scene()
    const authorization = `Bearer ${genpag.credentials.refreshToken}`
    for (const type of [undefined, 'application/x-www-form-urlencoded']) {
      const headers = { authorization, ...(type === undefined ? {} : { 'content-type': type }) }
      const response = await client.issue({}, { headers, body: new TextEncoder().encode('{}') })
      expect([type, response.status]).toEqual([type, 200])
    }
  })

  it.each([
    ['no body', null],
    ['a field', '{"scope":"all"}'],
    ['a list', '[]'],
    ['a form', 'grant_type=refresh_token'],
  ])('does not come for %s', async (__, body) => {
    const { genpag, client } = await scene()
    expect((await client.issue({}, { body })).status).toBe(400)
    expect(genpag.tokens).toEqual([])
  })

  it('opens the API for one week [G01, G02]', async () => {
    const { client, clock } = await scene()
    const token = await client.token()
    expect((await client.orders(token)).status).toBe(200)
    clock.advance(WEEK_MS - 1)
    expect((await client.orders(token)).status).toBe(200)
    clock.advance(1)
    expect((await client.orders(token)).status).toBe(401)
  })

  it('is replaced by the same call, as often as wanted, after a 401 [G03, G09]', async () => {
    const { client, clock } = await scene()
    for (let week = 0; week < 3; week += 1) {
      const token = await client.token()
      expect((await client.orders(token)).status).toBe(200)
      clock.advance(WEEK_MS)
      expect((await client.orders(token)).status).toBe(401)
    }
  })

  it('never ends the refresh token [G04]', async () => {
    const { client, clock } = await scene()
    await client.token()
    clock.advance(520 * WEEK_MS)
    expect((await client.issue()).status).toBe(200)
  })

  it.each([
    ['kept', 200],
    ['ended', 401],
  ] as const)('is %s when the seller gets another, as the option says', async (earlierAccessTokens, status) => {
    const { client } = await scene({ earlierAccessTokens })
    const first = await client.token()
    const second = await client.token()
    expect(second).not.toBe(first)
    expect((await client.orders(first)).status).toBe(status)
    expect((await client.orders(second)).status).toBe(200)
  })

  it('takes the lifetime and the status that it is given', async () => {
    const { genpag, client, clock } = await scene({ accessTokenLifetimeMs: 5_000, successStatus: 201 })
    expect((await client.issue()).status).toBe(201)
    expect(genpag.tokens).toMatchObject([{ issuedAt: clock.now(), expiresAt: clock.now() + 5_000 }])
  })

  it.each([undefined, 400, 401, 403, 404, 422] as const)(
    'does not come for another key: with status %s',
    async (wrongRefreshTokenStatus) => {
      const { genpag, client } = await scene({ wrongRefreshTokenStatus })
      const { clientToken = '' } = genpag.credentials
      const accessToken = await client.token()
      for (const seller of [
        { refreshToken: 'never-generated' },
        { refreshToken: accessToken },
        { refreshToken: clientToken },
        { sellerId: 'unknown' },
      ]) {
        const response = await client.issue(seller)
        expect([seller, response.status, await response.text()]).toEqual([seller, wrongRefreshTokenStatus ?? 401, '{}'])
      }
      expect(genpag.tokens).toHaveLength(1)
    },
  )

  it('does not come without Bearer', async () => {
    const { genpag, client } = await scene()
    for (const headers of [{}, { authorization: genpag.credentials.refreshToken }]) {
      expect((await client.issue({}, { headers })).status).toBe(401)
    }
  })

  it('ends at the server by itself, by seller and by number', async () => {
    const { genpag, client } = await scene()
    genpag.register({ sellerId: 'second', refreshToken: 'second-refresh-token' })
    const first = await client.token()
    const second = await client.token()
    await client.token({ sellerId: 'second', refreshToken: 'second-refresh-token' })

    expect(genpag.revoke({ sellerId: genpag.credentials.sellerId, generation: 1 })).toBe(1)
    expect((await client.orders(first)).status).toBe(401)
    expect((await client.orders(second)).status).toBe(200)
    expect(genpag.expire()).toBe(2)
    expect(genpag.tokens).toMatchObject([
      { sellerId: genpag.credentials.sellerId, family: 1, generation: 1, state: 'revoked' },
      { sellerId: genpag.credentials.sellerId, family: 1, generation: 2, state: 'expired' },
      { sellerId: 'second', family: 2, generation: 1, state: 'expired' },
    ])
    expect(genpag.revoke({ sellerId: 'unknown' })).toBe(0)
  })
})
