import type { Fetch } from '@chaveiro/core'
import { type AxiosResponse, isAxiosError } from 'axios'
import oldAxios from 'axios-1.11'
import { expect, it } from 'vitest'
import { axiosFor, requireEnvFetch } from '../../clients/axios.ts'
import { bitizeOverHttp } from './support/bitize-over-http.ts'
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

it('axios 1.11, which ignores env.fetch, is refused before it can send a request without a token', async () => {
  await using world = await bitizeOverHttp()
  // Its types already object to a literal `{ fetch }`.
  const env: { FormData?: never; fetch: Fetch } = Object.assign({}, { fetch: world.bitize.fetch })
  const api = oldAxios.create({ baseURL: world.bitize.baseUrl, adapter: 'fetch', env })
  await expect(api.get('/vendors')).rejects.toMatchObject({ status: 401 })
  expect(() => requireEnvFetch(oldAxios.VERSION)).toThrow(
    'axios 1.11.0 ignores env.fetch and would send no token. Use 1.12.0 or newer.',
  )
})
