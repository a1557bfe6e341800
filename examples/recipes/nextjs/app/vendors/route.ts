// A route handler in the Node runtime. Pages call it; they can't hold the keys.
import { isChaveiroError } from '@chaveiro/bitize'
import { bitize } from '../../lib/bitize.ts'

export const dynamic = 'force-dynamic'

/** The vendors, for a visitor. */
export async function GET(): Promise<Response> {
  try {
    const vendors = await bitize().fetch('/vendors')
    return Response.json(await vendors.json(), { status: vendors.ok ? 200 : 502 })
  } catch (error) {
    if (!isChaveiroError(error)) throw error
    return Response.json({ error: error.code }, { status: 503 })
  }
}
