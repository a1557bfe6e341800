import { afterEach, describe, expect, it } from 'vitest'
import { createStage, genpagScenes } from './scene.ts'

const order = {
  items: [{ description: 'Produto 1', quantity: 2, unit_price_cents: 2290 }],
  customer: { name: 'Jhon Trevor', email: 'customer@email.com' },
  methods: ['PIX'],
  external_id: 'id-sua-plataforma-123',
}

describe.each(genpagScenes)('the ordinary API, %s', (_, openScene) => {
  const { scene, close } = createStage(openScene)
  afterEach(close)

  it('wraps what it created in `data`, and shows each creation once [G15, G16]', async () => {
    const { genpag, client } = await scene()
    const token = await client.token()
    const created = await client.create('orders', token, { order })
    expect(created.status).toBe(200)
    const { items, methods, external_id } = order
    const { sellerId } = genpag.credentials
    expect(genpag.orders).toEqual([{ id: expect.any(String), seller_id: sellerId, items, methods, external_id }])
    expect(await created.json()).toEqual({ data: genpag.orders[0] })
    expect(await (await client.orders(token)).json()).toEqual({ data: genpag.orders })
    expect(genpag.count('createOrder')).toBe(1)
  })

  it.each([
    ['PIX', undefined, 'PIX', 'PENDING'],
    ['BANK_SLIP', undefined, 'BANK_SLIP', 'PENDING'],
    ['CREDIT_CARD', { credit_card: { token: 'token-do-cartao' } }, 'CREDIT', 'PAID'],
    ['CREDIT_CARD', { delay_capture: true }, 'CREDIT', 'PRE_AUTHORIZED'],
  ])('takes a payment by %s (%o) [G15, G16]', async (asked, credit, method, status) => {
    const { genpag, client, clock } = await scene({ successStatus: 201 })
    const token = await client.token()
    await client.create('orders', token, { order })
    const payment = { session_id: '123', order_id: genpag.orders[0]?.id, method: asked, credit, external_id: 'x' }
    const created = await client.create('payments', token, { payment })
    expect(created.status).toBe(201)
    const instant = new Date(clock.now()).toISOString()
    expect(await created.json()).toEqual({
      data: {
        id: expect.any(String),
        session_id: '123',
        order_id: genpag.orders[0]?.id,
        method,
        seller_id: genpag.credentials.sellerId,
        subtotal_cents: 4_580,
        discount_cents: 0,
        addition_cents: 0,
        shipping_cents: 0,
        total_cents: 4_580,
        status,
        external_id: 'x',
        inserted_at: instant,
        updated_at: instant,
      },
    })
    expect(genpag.payments).toHaveLength(1)
  })

  it.each([
    ['orders', { items: [] }, 'body.order.items: expected a list'],
    ['orders', { order: { items: {} } }, 'body.order.items: expected a list'],
    ['payments', {}, 'body.payment: expected an object'],
    [
      'payments',
      { payment: { session_id: '1', method: 'PIX' } },
      'body.payment.order_id: no such order of this seller',
    ],
    ['payments', { payment: { order_id: 'first', method: 'PIX' } }, 'body.payment.session_id: required, but missing'],
    [
      'payments',
      { payment: { order_id: 'first', session_id: '1', method: 'CREDIT' } },
      'body.payment.method: expected one of PIX, BANK_SLIP, CREDIT_CARD',
    ],
  ] as const)('refuses %s %o', async (kind, body, detail) => {
    const { genpag, client } = await scene({ errorBody: (status, text) => ({ status, text }) })
    const token = await client.token()
    await client.create('orders', token, { order: { items: [{ description: 'Produto 1' }] } })
    const text = JSON.stringify(body).replace('"first"', JSON.stringify(genpag.orders[0]?.id))
    const response = await client.create(kind, token, JSON.parse(text))
    expect([response.status, await response.json()]).toEqual([400, { status: 400, text: detail }])
    expect([genpag.orders.length, genpag.payments.length]).toEqual([1, 0])
  })

  it('answers 401 without a good access token, with the body that the test wants or with an empty object [G09]', async () => {
    const { genpag, client } = await scene({ errorBody: (status, detail) => ({ errors: [status, detail] }) })
    expect(await (await client.orders(undefined)).json()).toEqual({
      errors: [401, 'header.authorization: access token missing'],
    })
    expect(await (await client.orders('never-issued')).json()).toEqual({
      errors: [401, 'header.authorization: access token unknown'],
    })
    const refused = await client.orders(genpag.credentials.refreshToken)
    expect(refused.status).toBe(401)
    const plain = await (await scene()).client.orders(undefined)
    expect([plain.status, await plain.text()]).toEqual([401, '{}'])
  })

  it('knows no other path, and none without its documented beginning [G15]', async () => {
    const { genpag, client } = await scene()
    const { sellerId } = genpag.credentials
    for (const path of [`/api/sellers/${sellerId}/tokens/`, `/api/${sellerId}/orders`, `/sellers/${sellerId}/orders`]) {
      expect([path, (await client.send(path)).status]).toEqual([path, 404])
    }
  })
})
