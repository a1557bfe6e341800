import { isJsonObject, type Json, type JsonObject } from '../json.ts'

/** An order: the fields that the guide documents, with the id that the simulator gave it. */
export interface GenpagOrder extends JsonObject {
  /** Made by the simulator. */
  readonly id: string
  /** Whose order it is. */
  readonly seller_id: string
  /** What is sold, as it was sent. */
  readonly items: readonly Json[]
}

// The customer is left out: what was created is printed, and persons do not belong there.
const KEPT = ['methods', 'max_installments', 'external_id']

/** The order that was asked for, or what is wrong with it. */
export const orderFrom = (
  wanted: Json | undefined,
  { id, sellerId }: { readonly id: string; readonly sellerId: string },
): GenpagOrder | string => {
  const items = isJsonObject(wanted) ? wanted['items'] : undefined
  if (!isJsonObject(wanted) || !isList(items)) return 'body.order.items: expected a list'
  const kept = Object.fromEntries(Object.entries(wanted).filter(([name]) => KEPT.includes(name)))
  return { ...kept, id, seller_id: sellerId, items }
}

const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value)
