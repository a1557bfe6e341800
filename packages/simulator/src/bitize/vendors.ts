// One ordinary resource, for the calls that tokens are for. Facts: `reference/Bitize.v1.yaml`, which answers 200 everywhere,
// to creations too, and whose lists come in an envelope.

import type { Answer } from '../answer.ts'
import type { Call } from '../incoming-request.ts'
import { bearerToken } from '../incoming-request.ts'
import { isJsonObject, type JsonObject } from '../json.ts'
import { uuid } from '../random-text.ts'
import type { Route } from '../route.ts'
import { refuse } from './error-model.ts'
import type { TokenFamilies } from './token-families.ts'

/** A vendor as it was sent, with the id that the simulator gave it. */
export interface Vendor extends JsonObject {
  /** Made by the simulator. */
  readonly id: string
}

/** The ordinary operations that the simulator knows. */
export type BitizeApiOperation = 'listVendors' | 'createVendor' | 'readVendor' | 'updateVendor'

export const vendorRoutes = (
  vendors: Vendor[],
  { tokens, random }: { tokens: TokenFamilies; random: () => number },
): Route<BitizeApiOperation>[] => {
  const guarded = (answer: (call: Call) => Answer): ((call: Call) => Answer) => {
    return (call) => {
      const token = bearerToken(call.headers)
      const state = token === undefined ? 'missing' : tokens.accessState(token)
      return state === 'live' ? answer(call) : refuse(401, `header.authorization: access token ${state}`)
    }
  }

  return [
    {
      operation: 'listVendors',
      method: 'GET',
      path: '/vendors',
      answer: guarded(() => ({ status: 200, body: envelope(vendors) })),
    },
    {
      operation: 'createVendor',
      method: 'POST',
      path: '/vendors',
      answer: guarded(({ body }) => {
        if (!isJsonObject(body)) return refuse(400, 'body: expected a JSON object')
        const vendor = { ...body, id: uuid(random) }
        vendors.push(vendor)
        return { status: 200, body: vendor }
      }),
    },
    {
      operation: 'readVendor',
      method: 'GET',
      path: '/vendors/{id}',
      answer: guarded(({ params: { id } }) => {
        const vendor = vendors.find((candidate) => candidate.id === id)
        return vendor === undefined ? refuse(404, 'path.id: no such vendor') : { status: 200, body: vendor }
      }),
    },
    {
      operation: 'updateVendor',
      method: 'PUT',
      path: '/vendors/{id}',
      answer: guarded(({ params: { id }, body }) => {
        if (!isJsonObject(body)) return refuse(400, 'body: expected a JSON object')
        const index = vendors.findIndex((candidate) => candidate.id === id)
        const stored = vendors[index]
        if (stored === undefined) return refuse(404, 'path.id: no such vendor')
        const vendor = { ...stored, ...body, id: stored.id }
        vendors[index] = vendor
        return { status: 200, body: vendor }
      }),
    },
  ]
}

/** One page with everything: how to ask for another page is not documented. */
const envelope = (data: readonly JsonObject[]): JsonObject => ({
  paging: { limit: Math.max(data.length, 1), page: 1, pages: 1, total: data.length },
  sort: [],
  available_filters: [],
  applied_filters: [],
  data: [...data],
})
