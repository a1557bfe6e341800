import { HTTPError, type ResponsePromise } from 'ky'
import { kyFor } from '../../clients/ky.ts'
import { type Answer, clientContract } from './support/client-contract.ts'

async function answer(call: ResponsePromise): Promise<Answer> {
  try {
    const response = await call
    return { status: response.status, body: await response.json() }
  } catch (error) {
    if (!(error instanceof HTTPError)) throw error
    return { status: error.response.status, body: await error.response.json(), error }
  }
}

clientContract('ky', {
  connect(bitize) {
    const api = kyFor(bitize)
    return {
      list: (signal) => answer(api.get('vendors', signal && { signal })),
      create: (vendor) => answer(api.post('vendors', { json: vendor })),
    }
  },
  isAbort: (error, reason) => error === reason,
})
