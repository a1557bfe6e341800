// Orders and payments, the ordinary calls that access tokens are for. Facts: the vendor's guides "Gerando pedidos",
// "Gerando um PIX" and "Cobrando no Crédito". Reading orders is documented nowhere: it is here so that a test has a GET.

import type { AccessTokens } from '../access-tokens.ts'
import type { Answer } from '../answer.ts'
import type { Call } from '../incoming-request.ts'
import { bearerToken } from '../incoming-request.ts'
import { isJsonObject, type Json } from '../json.ts'
import { uuid } from '../random-text.ts'
import type { Route } from '../route.ts'
import type { Refuse } from './error-model.ts'
import { type GenpagOrder, orderFrom } from './order.ts'
import { type GenpagPayment, paymentFrom } from './payment.ts'
import type { GenpagToken } from './token.ts'

/** The ordinary operations that the simulator knows. */
export type GenpagApiOperation = 'listOrders' | 'createOrder' | 'createPayment'

interface Shop {
  readonly tokens: AccessTokens<Pick<GenpagToken, 'sellerId'>>
  readonly refuse: Refuse
  readonly successStatus: 200 | 201
  readonly random: () => number
  readonly now: () => number
  /** What was created so far. */
  readonly orders: GenpagOrder[]
  readonly payments: GenpagPayment[]
}

export const orderRoutes = (shop: Shop): readonly Route<GenpagApiOperation>[] => {
  const { tokens, refuse, successStatus, random, orders, payments } = shop

  const guarded = (answer: (call: Call, sellerId: string) => Answer): ((call: Call) => Answer) => {
    return (call) => {
      const value = bearerToken(call.headers)
      const token = value === undefined ? undefined : tokens.find(value)
      if (token?.state !== 'live') {
        return refuse(401, `header.authorization: access token ${value ? (token?.state ?? 'unknown') : 'missing'}`)
      }
      // Undocumented, and not a 401: another access token of the same seller would not help.
      if (token.sellerId !== call.params['sellerId']) return refuse(403, 'path.sellerId: not the seller of this token')
      return answer(call, token.sellerId)
    }
  }

  return [
    {
      operation: 'listOrders',
      method: 'GET',
      path: '/api/sellers/{sellerId}/orders',
      answer: guarded((_, sellerId) => ({
        status: 200,
        body: { data: orders.filter((order) => order.seller_id === sellerId) },
      })),
    },
    {
      operation: 'createOrder',
      method: 'POST',
      path: '/api/sellers/{sellerId}/orders',
      answer: guarded(({ body }, sellerId) => {
        const order = orderFrom(fieldOf(body, 'order'), { id: uuid(random), sellerId })
        if (typeof order === 'string') return refuse(400, order)
        orders.push(order)
        return { status: successStatus, body: { data: order } }
      }),
    },
    {
      operation: 'createPayment',
      method: 'POST',
      path: '/api/sellers/{sellerId}/payments',
      answer: guarded(({ body }, sellerId) => {
        const wanted = fieldOf(body, 'payment')
        if (!isJsonObject(wanted)) return refuse(400, 'body.payment: expected an object')
        const order = orders.find(({ id, seller_id }) => id === wanted['order_id'] && seller_id === sellerId)
        if (order === undefined) return refuse(400, 'body.payment.order_id: no such order of this seller')
        const payment = paymentFrom(wanted, { order, id: uuid(random), now: shop.now() })
        if (typeof payment === 'string') return refuse(400, payment)
        payments.push(payment)
        return { status: successStatus, body: { data: payment } }
      }),
    },
  ]
}

const fieldOf = (body: Call['body'], name: string): Json | undefined => (isJsonObject(body) ? body[name] : undefined)
