import { afterEach, describe, expect, it } from 'vitest'
import { causeCode, errorOf } from '../bitize-client.ts'
import { createStage, genpagScenes } from './scene.ts'

describe.each(genpagScenes)('faults, %s', (_, openScene) => {
  const { scene, close } = createStage(openScene)
  afterEach(close)

  it('come in the error body of the test, or in an empty object', async () => {
    const { genpag, client } = await scene()
    genpag.faults.next({ kind: 'status', status: 503, retryAfter: 2, operation: 'createAccessToken' })
    const bare = await client.issue()
    expect([bare.status, bare.headers.get('retry-after'), await bare.text()]).toEqual([503, '2', '{}'])
    const other = await scene({ errorBody: () => 'no' })
    other.genpag.faults.next({ kind: 'status', status: 500 })
    expect(await (await other.client.issue()).json()).toBe('no')
  })

  it('lose the answer of an access token that was issued', async () => {
    const { genpag, client } = await scene()
    genpag.faults.next({ kind: 'reset', processed: true, operation: 'createAccessToken' })
    expect(causeCode(await errorOf(client.issue()))).toBe('ECONNRESET')
    expect(genpag.tokens).toMatchObject([{ state: 'live' }])
    expect((await client.issue()).status).toBe(200)
  })

  it('alter the token itself', async () => {
    const { genpag, client } = await scene()
    genpag.faults.next({ kind: 'altered-field', field: 'data', value: { token: 'an object' } })
    genpag.faults.next({ kind: 'missing-field', field: 'data' })
    expect(await (await client.issue()).json()).toEqual({ data: { token: 'an object' } })
    expect(await (await client.issue()).json()).toEqual({})
  })

  it('meet a payment that is applied anyway', async () => {
    const { genpag, client } = await scene()
    const token = await client.token()
    await client.create('orders', token, { order: { items: [] } })
    const payment = { session_id: '1', order_id: genpag.orders[0]?.id, method: 'PIX' }
    genpag.faults.next({ kind: 'status', status: 504, processed: true, operation: 'createPayment' })
    expect((await client.create('payments', token, { payment })).status).toBe(504)
    expect(genpag.payments).toHaveLength(1)
  })
})
