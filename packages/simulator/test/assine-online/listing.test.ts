import { afterEach, describe, expect, it } from 'vitest'
import { assineScenes, createStage } from './scene.ts'

describe.each(assineScenes)('the list of tokens, %s', (_, openScene) => {
  const { scene, close } = createStage(openScene)
  afterEach(close)

  it('shows the session itself and the application token, both without their values [A11, A12, A13, A14, A17]', async () => {
    const { assine, client } = await scene()
    const session = await client.session()
    const { accessToken } = await client.minted(session)
    const response = await client.list(session)
    const text = await response.text()
    expect(response.status).toBe(200)
    expect(text).not.toContain(session)
    expect(text).not.toContain(accessToken)
    const { username } = assine.credentials
    const item = (id: string, date: string) => ({
      accessToken: '***** HIDDEN *****',
      expires: { date, timezone_type: 3, timezone: 'UTC' },
      id,
      scope: {},
      _embedded: {
        user: {
          id: 474,
          name: expect.any(String),
          username,
          email: username,
          _links: { self: { href: `${assine.url.origin}/user/474` } },
        },
      },
      _links: { self: { href: `${assine.url.origin}/access-token/${id}` } },
    })
    expect(JSON.parse(text)).toEqual({
      _links: expect.anything(),
      _embedded: {
        access_token: [item('5320', '2021-01-29 21:30:59.000000'), item('5321', '2021-03-01 23:59:00.000000')],
      },
      page_count: 1,
      page_size: 25,
      total_items: 2,
      page: 1,
    })
  })

  it('has pages of 25 [A12]', async () => {
    const { client } = await scene()
    const session = await client.session()
    for (let count = 0; count < 25; count += 1) await client.minted(session)
    const [first, second] = [await client.listed(session), await client.listed(session, 2)]
    expect(first).toMatchObject({ page: 1, page_count: 2, page_size: 25, total_items: 26 })
    expect(second).toMatchObject({ page: 2, page_count: 2, page_size: 25, total_items: 26 })
    const ids = [first, second].flatMap(({ _embedded }) => _embedded.access_token.map(({ id }) => id))
    expect(ids).toEqual(Array.from({ length: 26 }, (__, index) => String(5320 + index)))
    expect(await client.listed(session, 1)).toEqual(first)
  })

  it.each([
    ['3', 404],
    ['0', 400],
    ['1.5', 400],
    ['last', 400],
    ['1&page=1', 400],
    ['1&limit=100', 400],
  ])('has no page %s', async (page, status) => {
    const { client } = await scene()
    expect((await client.list(await client.session(), page)).status).toBe(status)
  })

  it('links without /v1, so that who follows meets nothing [A16]', async () => {
    const { assine, client } = await scene()
    const session = await client.session()
    const { _links } = await client.listed(session)
    const href = `${assine.url.origin}/access-token`
    expect(_links).toEqual({
      self: { href: `${href}?page=1` },
      first: { href },
      last: { href: `${href}?page=1` },
    })
    expect((await client.send('/access-token?page=1', session)).status).toBe(404)
  })

  it('links to wherever it is told to [A16]', async () => {
    const { client } = await scene({ linksTo: new URL('http://localhost/api/') })
    const { _links } = await client.listed(await client.session())
    expect(_links.self.href).toBe('http://localhost/api/access-token?page=1')
  })

  it('may count more than it shows [A15]', async () => {
    const { client } = await scene({ unlistedTokens: 1 })
    const session = await client.session()
    await client.minted(session)
    const { total_items, page_count, _embedded } = await client.listed(session)
    expect([_embedded.access_token.length, total_items, page_count]).toEqual([2, 3, 1])
  })

  it('leaves out what has ended, and what belongs to another account', async () => {
    const { assine, client } = await scene()
    const other = { username: 'second@example.com', password: 'second' }
    assine.register(other)
    const session = await client.session()
    await client.session()
    await client.session(other)
    assine.expire({ id: '5321' })
    const { _embedded } = await client.listed(session)
    expect(_embedded.access_token.map(({ id }) => id)).toEqual(['5320'])
  })

  it('gives the id by which a token is revoked: with 204 and nothing else [A18, A19]', async () => {
    const { client } = await scene()
    const session = await client.session()
    const { accessToken, id } = await client.minted(session)
    const revoked = await client.revoke(session, id.split('?')[0] ?? '')
    expect([revoked.status, await revoked.text()]).toEqual([204, ''])
    expect((await client.user(accessToken)).status).toBe(401)
    expect((await client.listed(session))._embedded.access_token).toHaveLength(1)
  })

  it('gives the id of the session itself, whose revocation is a logout [A14]', async () => {
    const { client } = await scene()
    const session = await client.session()
    expect((await client.revoke(session, '5320')).status).toBe(204)
    expect((await client.list(session)).status).toBe(401)
  })

  it('gives no id that would revoke the token of another, one that has ended, or one with its query [A10]', async () => {
    const { assine, client } = await scene()
    const other = { username: 'second@example.com', password: 'second' }
    assine.register(other)
    const session = await client.session()
    const { id } = await client.minted(session)
    await client.session(other)
    const statusOf = async (wanted: string) => (await client.revoke(session, wanted)).status
    expect(await statusOf('5322')).toBe(404)
    expect(await statusOf('9999')).toBe(404)
    expect(await statusOf(id)).toBe(400)
    expect(await statusOf(encodeURIComponent(id))).toBe(404)
    expect([await statusOf('5321'), await statusOf('5321')]).toEqual([204, 404])
    expect(assine.tokens.map(({ state }) => state)).toEqual(['live', 'revoked', 'live'])
  })
})
