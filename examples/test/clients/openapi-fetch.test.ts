import { openapiFetchFor } from '../../clients/openapi-fetch.ts'
import { type Answer, clientContract } from './support/client-contract.ts'

/** It throws no error for a status: that comes as a value. */
const answer = ({ response, data, error }: { response: Response; data?: unknown; error?: unknown }): Answer => ({
  status: response.status,
  body: response.ok ? data : error,
})

clientContract('openapi-fetch', {
  connect(bitize) {
    const api = openapiFetchFor(bitize)
    return {
      list: async (signal) => answer(await api.GET('/vendors', signal && { signal })),
      create: async (vendor) => answer(await api.POST('/vendors', { body: vendor })),
    }
  },
  isAbort: (error, reason) => error === reason,
})
