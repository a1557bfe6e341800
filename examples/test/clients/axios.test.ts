import { type AxiosResponse, isAxiosError } from 'axios'
import { axiosFor } from '../../clients/axios.ts'
import { type Answer, clientContract } from './support/client-contract.ts'

async function answer(call: Promise<AxiosResponse<unknown>>): Promise<Answer> {
  try {
    const { status, data } = await call
    return { status, body: data }
  } catch (error) {
    if (!isAxiosError(error) || error.response === undefined) throw error
    return { status: error.response.status, body: error.response.data, error }
  }
}

clientContract('axios', {
  connect(bitize) {
    const api = axiosFor(bitize)
    return {
      list: (signal) => answer(api.get('/vendors', signal && { signal })),
      create: (vendor) => answer(api.post('/vendors', vendor)),
    }
  },
  isAbort: (error) => isAxiosError(error) && error.code === 'ERR_CANCELED',
  unwrap: (error) => (isAxiosError(error) ? error.cause : error),
})
