import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { simulateGenpag } from '../../src/index.ts'
import { CARD_NUMBER, createGenpagClient } from './scene.ts'

const credentials = { sellerId: 'seller', refreshToken: 'canary-refresh-token', clientToken: 'canary/client+token==' }

describe('secrets', () => {
  it('and card numbers appear in nothing that can be printed [G12]', async () => {
    const genpag = simulateGenpag({ credentials, errorBody: (status, detail) => ({ status, detail }) })
    const client = createGenpagClient(genpag.fetch, genpag.url, credentials)
    const token = await client.token()
    const generated = genpag.regenerate('seller')
    const bodies = [
      await client.issue(),
      await client.issue({ refreshToken: generated }, { body: `{"leak":"${generated}"}` }),
      await client.tokenize(credentials.clientToken),
      await client.tokenize(`Bearer ${credentials.clientToken}`),
      await client.send(`/api/tokenize/${CARD_NUMBER}?card_number=${CARD_NUMBER}&${CARD_NUMBER}`),
      await client.orders('unknown', { headers: { authorization: `Bearer ${generated}` } }),
    ]
    const customer = { name: CARD_NUMBER }
    await client.create('orders', token, { order: { items: [], customer, card_number: CARD_NUMBER } })
    const credit = { credit_card: { token: CARD_NUMBER } }
    const payment = { session_id: '1', order_id: genpag.orders[0]?.id, method: 'CREDIT_CARD', credit }
    expect((await client.create('payments', token, { payment })).status).toBe(200)
    genpag.faults.next({ kind: 'hang', operation: 'tokenizeCard' })

    const printed = [
      inspect(genpag, { depth: Infinity, getters: true }),
      JSON.stringify(genpag),
      ...(await Promise.all(bodies.map((body) => body.text()))),
    ].join('\n')
    const secrets = genpag.revealSecrets()
    expect(secrets).toEqual(
      expect.arrayContaining([credentials.refreshToken, credentials.clientToken, generated, token]),
    )
    expect(secrets).toHaveLength(4)
    for (const secret of [...secrets, CARD_NUMBER]) {
      expect(printed).not.toContain(secret)
      expect(printed).not.toContain(encodeURIComponent(secret))
    }
  })

  it('show in the log as what they are: which token of which seller', async () => {
    const genpag = simulateGenpag({ credentials })
    const client = createGenpagClient(genpag.fetch, genpag.url, credentials)
    await client.token()
    await client.orders(await client.token())
    expect(genpag.requests.map(({ operation, token }) => [operation, token])).toEqual([
      ['createAccessToken', undefined],
      ['createAccessToken', undefined],
      ['listOrders', { family: 1, generation: 2 }],
    ])
  })

  it('can be spread into the options of a client', () => {
    expect({ ...simulateGenpag().credentials }).toEqual({
      sellerId: expect.any(String),
      refreshToken: expect.any(String),
      clientToken: expect.any(String),
    })
  })

  it('are unique without random numbers', async () => {
    const genpag = simulateGenpag({ credentials, random: () => 0 })
    const client = createGenpagClient(genpag.fetch, genpag.url, credentials)
    const tokens = [
      await client.token(),
      await client.token(),
      genpag.regenerate('seller'),
      genpag.regenerate('seller'),
    ]
    expect(new Set(tokens).size).toBe(4)
  })
})
