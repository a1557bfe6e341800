import { afterEach, describe, expect, it } from 'vitest'
import { assineScenes, createStage, EXPIRES } from './scene.ts'

describe.each(assineScenes)('an application token, %s', (_, openScene) => {
  const { scene, close } = createStage(openScene)
  afterEach(close)

  it('is made with a session, the password and a date, and answered as documented [A06, A08, A09, A20]', async () => {
    const { client } = await scene()
    const response = await client.mint(await client.session())
    expect(response.status).toBe(201)
    expect(await response.json()).toEqual({
      accessToken: expect.stringMatching(/^[0-9a-f]{40}$/),
      expires: { date: '2021-03-01 23:59:00.000000', timezone_type: 3, timezone: 'UTC' },
      id: expect.any(String),
      type: 'http://www.w3.org/Protocols/rfc2616/rfc2616-sec10.html',
      title: 'Token created',
      status: 201,
      detail: 'Access Token data',
    })
  })

  it('comes with a query behind its id, which the list does not show [A10, A19]', async () => {
    const { client } = await scene()
    const session = await client.session()
    const { id } = await client.minted(session)
    expect(id).toMatch(/^5321\?q=verify&sessionIndex=[0-9a-f]{40}$/)
    const { _embedded } = await client.listed(session)
    expect(_embedded.access_token.map((token) => token.id)).toEqual(['5320', '5321'])
  })

  it('opens the API until the date that was asked for, in UTC [A01, A08, A26]', async () => {
    const { client, clock } = await scene()
    const { accessToken } = await client.minted(await client.session())
    clock.advance(Date.parse('2021-03-01T23:59:00Z') - clock.now() - 1)
    expect((await client.user(accessToken)).status).toBe(200)
    clock.advance(1)
    expect((await client.user(accessToken)).status).toBe(401)
  })

  it.each([
    ['-03:00', 1],
    ['BRT', 2],
    ['America/Sao_Paulo', 3],
  ] as const)('tells its end in the zone %s, as PHP does', async (timezone, type) => {
    const { assine, client } = await scene({ timezone })
    const { expires } = await client.minted(await client.session())
    expect(expires).toEqual({ date: '2021-03-01 20:59:00.000000', timezone_type: type, timezone })
    expect(assine.tokens.at(-1)?.expiresAt).toBe(Date.parse('2021-03-01T23:59:00Z'))
  })

  it.each([undefined, 400, 401, 403, 422] as const)(
    'is not made with a wrong password: status %s [A07]',
    async (wrongPasswordStatus) => {
      const { assine, client } = await scene({ wrongPasswordStatus })
      const refused = await client.mint(await client.session(), { password: 'wrong' })
      const status = wrongPasswordStatus ?? 401
      expect([refused.status, await refused.json()]).toMatchObject([status, { status, title: expect.any(String) }])
      expect([assine.tokens.length, assine.wrongPasswords(assine.credentials.username)]).toEqual([1, 1])
    },
  )

  it.each([undefined, 400, 401, 403, 422] as const)(
    'is not made for an account that is not PJ: status %s [A01]',
    async (notPjStatus) => {
      const { assine, client } = await scene({ notPjStatus })
      assine.register({ ...assine.credentials, pj: false })
      const session = await client.session()
      expect((await client.mint(session)).status).toBe(notPjStatus ?? 401)
      expect([assine.tokens.length, assine.wrongPasswords()]).toEqual([1, 0])
      assine.register({ ...assine.credentials, pj: true })
      expect((await client.mint(session)).status).toBe(201)
    },
  )

  it.each([
    ['2021-03-01T23:59:00', 'YYYY-MM-DD HH:mm:ss'],
    ['2021-03-01', 'YYYY-MM-DD HH:mm:ss'],
    ['2021-02-29 00:00:00', 'YYYY-MM-DD HH:mm:ss'],
    ['2021-03-01 24:00:00', 'YYYY-MM-DD HH:mm:ss'],
    ['2021-13-01 00:00:00', 'YYYY-MM-DD HH:mm:ss'],
    ['2021-01-29 20:30:59', 'a date ahead'],
  ])('is not made for the date %s [A08]', async (expires, expected) => {
    const { assine, client } = await scene()
    const refused = await client.mint(await client.session(), { expires })
    expect([refused.status, await refused.json()]).toMatchObject([
      400,
      { detail: `body.expires: expected ${expected}` },
    ])
    expect(assine.tokens).toHaveLength(1)
  })

  it.each([[{ password: 7 }], [{ expires: 1_614_643_140 }]])('is not made with %o', async (body) => {
    const { client } = await scene()
    expect((await client.mint(await client.session(), body)).status).toBe(400)
  })

  it('leaves those before it alone', async () => {
    const { client } = await scene()
    const session = await client.session()
    const [first, second] = [await client.minted(session), await client.minted(session)]
    expect(second.accessToken).not.toBe(first.accessToken)
    expect((await client.user(first.accessToken)).status).toBe(200)
  })

  it.each([
    [undefined, [403, 403, 403]],
    ['refused', [403, 403, 403]],
    ['accepted', [201, 200, 204]],
  ] as const)(
    'makes, lists and revokes tokens as the option %s says',
    async (applicationTokensOnTokenCalls, expected) => {
      const { assine, client } = await scene({ applicationTokensOnTokenCalls })
      const { accessToken, id } = assine.createByPerson()
      const answers = [
        await client.mint(accessToken),
        await client.list(accessToken),
        await client.revoke(accessToken, id),
      ]
      expect(answers.map(({ status }) => status)).toEqual(expected)
    },
  )

  it('can be made and revoked by a person in the web interface [A27]', async () => {
    const { assine, client, clock } = await scene()
    assine.register({ username: 'second@example.com', password: 'second' })
    const made = assine.createByPerson({ username: 'second@example.com', lifetimeMs: 5_000 })
    expect({ ...made }).toEqual({ id: '5320', expiresAt: clock.now() + 5_000 })
    expect((await client.user(made.accessToken)).status).toBe(200)
    expect([assine.revokeByPerson(5320), assine.revokeByPerson('5320'), assine.revokeByPerson(1)]).toEqual([
      true,
      false,
      false,
    ])
    expect((await client.user(made.accessToken)).status).toBe(401)
    expect(assine.createByPerson().expiresAt).toBe(clock.now() + 2_592_000_000)
  })

  it('is answered once and lost when the connection breaks', async () => {
    const { assine, client } = await scene()
    const session = await client.session()
    assine.faults.next({ kind: 'status', status: 504, processed: true, operation: 'createApplicationToken' })
    expect((await client.mint(session)).status).toBe(504)
    const { _embedded } = await client.listed(session)
    expect(_embedded.access_token[1]).toMatchObject({ id: '5321', expires: { date: `${EXPIRES}.000000` } })
  })
})
