import { FetchError } from 'ofetch'
import { ofetchFor } from '../../clients/ofetch.ts'
import { type Answer, clientContract } from './support/client-contract.ts'

async function answer(call: Promise<{ status: number; _data?: unknown }>): Promise<Answer> {
  try {
    const { status, _data } = await call
    return { status, body: _data }
  } catch (error) {
    if (!(error instanceof FetchError) || error.status === undefined) throw error
    return { status: error.status, body: error.data, error }
  }
}

clientContract('ofetch', {
  connect(bitize) {
    const api = ofetchFor(bitize)
    return {
      list: (signal) => answer(api.raw('/vendors', signal && { signal })),
      create: (vendor) => answer(api.raw('/vendors', { method: 'POST', body: vendor })),
    }
  },
  isAbort: (error, reason) => error instanceof FetchError && error.cause === reason,
  unwrap: (error) => (error instanceof FetchError ? error.cause : error),
})
