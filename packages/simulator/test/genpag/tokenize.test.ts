import { afterEach, describe, expect, it } from 'vitest'
import { CARD_NUMBER, createStage, genpagScenes } from './scene.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

describe.each(genpagScenes)('a card number, %s', (_, openScene) => {
  const { scene, close } = createStage(openScene)
  afterEach(close)

  it('becomes a card token for the client token, which stands alone in its header [G10, G13, G14]', async () => {
    const { genpag, client } = await scene()
    const response = await client.tokenize(genpag.credentials.clientToken)
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ data: { number_token: expect.stringMatching(UUID) } })
    expect(genpag.count('tokenizeCard')).toBe(1)
  })

  it('becomes none for Bearer, for another key, or for none [G10, G13]', async () => {
    const { genpag, client } = await scene()
    const { clientToken, refreshToken } = genpag.credentials
    const accessToken = await client.token()
    for (const authorization of [
      undefined,
      `Bearer ${clientToken}`,
      refreshToken,
      accessToken,
      `Bearer ${accessToken}`,
    ]) {
      const response = await client.tokenize(authorization)
      expect([authorization, response.status, await response.text()]).toEqual([authorization, 401, '{}'])
    }
  })

  it('opens nothing else with its client token [G10]', async () => {
    const { genpag, client } = await scene()
    expect((await client.orders(genpag.credentials.clientToken)).status).toBe(401)
  })

  it.each([
    ['nothing', null],
    ['no number', '{}'],
    ['a number that is not text', `{"card_number":${CARD_NUMBER}}`],
    ['more than the number', `{"card_number":"${CARD_NUMBER}","cvv":"123"}`],
  ])('is the whole body: %s is refused [G13]', async (__, body) => {
    const { genpag, client } = await scene({ errorBody: (status, detail) => ({ status, detail }) })
    const response = await client.tokenize(genpag.credentials.clientToken, { body })
    expect(response.status).toBe(400)
    expect(await response.text()).not.toContain(CARD_NUMBER)
  })

  it('may be sent from a page of another origin, errors included [G11]', async () => {
    const { genpag, client } = await scene()
    const preflight = await client.send('/api/tokenize', {
      method: 'OPTIONS',
      headers: {
        origin: 'http://shop.test',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      },
    })
    expect([preflight.status, await preflight.text()]).toEqual([204, ''])
    expect(Object.fromEntries(preflight.headers)).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'authorization, content-type',
    })
    genpag.faults.next({ kind: 'status', status: 500, operation: 'tokenizeCard' })
    const answers = [
      await client.tokenize(genpag.credentials.clientToken),
      await client.tokenize(genpag.credentials.clientToken),
      await client.tokenize('wrong'),
      await client.tokenize(genpag.credentials.clientToken, { body: '{}' }),
    ]
    expect(answers.map(({ status, headers }) => [status, headers.get('access-control-allow-origin')])).toEqual([
      [500, '*'],
      [200, '*'],
      [401, '*'],
      [400, '*'],
    ])
    expect([genpag.count('preflightTokenizeCard'), genpag.count('tokenizeCard')]).toEqual([1, 4])
  })

  it('is the only thing that a page may send [G12]', async () => {
    const { client } = await scene()
    const answers = [
      await client.issue(),
      await client.orders(await client.token()),
      await client.send('/api/sellers/x/orders', { method: 'OPTIONS', headers: { origin: 'http://shop.test' } }),
    ]
    expect(answers.map(({ headers }) => headers.get('access-control-allow-origin'))).toEqual([null, null, null])
    expect(answers[2]?.status).toBe(404)
  })
})
