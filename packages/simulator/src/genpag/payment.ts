import { isJsonObject, type Json, type JsonObject, textIn } from '../json.ts'
import type { GenpagOrder } from './order.ts'

/** A payment: of the documented answer what identifies it, its amounts and its status. Nothing of a card. */
export interface GenpagPayment extends JsonObject {
  /** Made by the simulator. */
  readonly id: string
  /** Whose payment it is. */
  readonly seller_id: string
  /** The order that is paid. */
  readonly order_id: string
  /** As the guide’s answers name it: `CREDIT` for what is asked for as `CREDIT_CARD`. */
  readonly method: string
  /** Whether it is paid. */
  readonly status: 'PENDING' | 'PAID' | 'PRE_AUTHORIZED'
}

// What is asked for as CREDIT_CARD is answered as CREDIT, in the guide's own example.
const METHODS: ReadonlyMap<string, string> = new Map([
  ['PIX', 'PIX'],
  ['BANK_SLIP', 'BANK_SLIP'],
  ['CREDIT_CARD', 'CREDIT'],
])

/** The payment that was asked for, or what is wrong with it. */
export const paymentFrom = (
  wanted: JsonObject,
  made: { readonly order: GenpagOrder; readonly id: string; readonly now: number },
): GenpagPayment | string => {
  const { credit, external_id: externalId = null } = wanted
  const sessionId = textIn(wanted, 'session_id')
  const method = METHODS.get(textIn(wanted, 'method') ?? '')
  if (sessionId === undefined) return 'body.payment.session_id: required, but missing'
  if (method === undefined) return `body.payment.method: expected one of ${[...METHODS.keys()].join(', ')}`
  const { id, now, order } = made
  const total = totalCents(order.items)
  const instant = new Date(now).toISOString()
  return {
    id,
    session_id: sessionId,
    order_id: order.id,
    method,
    seller_id: order.seller_id,
    subtotal_cents: total,
    discount_cents: 0,
    addition_cents: 0,
    shipping_cents: 0,
    total_cents: total,
    status: statusOf(method, credit),
    external_id: externalId,
    inserted_at: instant,
    updated_at: instant,
  }
}

/** "Mudanças de status": a card is charged at once, or reserved for a later capture; everything else waits for its payer. */
const statusOf = (method: string, credit: Json | undefined): GenpagPayment['status'] => {
  if (method !== 'CREDIT') return 'PENDING'
  return isJsonObject(credit) && credit['delay_capture'] === true ? 'PRE_AUTHORIZED' : 'PAID'
}

const totalCents = (items: readonly Json[]): number =>
  items.reduce((total: number, item) => {
    const { unit_price_cents: price, quantity = 1 } = isJsonObject(item) ? item : {}
    return total + (typeof price === 'number' && typeof quantity === 'number' ? price * quantity : 0)
  }, 0)
