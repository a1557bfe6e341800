import { createProviderClient, defineProvider, prepareRequests, putQuery } from '@chaveiro/core/provider'
import { expect, it } from 'vitest'
import type { ServedAccount } from '../../src/serve/proxy/exchange.ts'
import { proxiedApi } from './support/proxied-api.ts'

const OWN = { 'x-token': 'the-token-of-acme', 'x-app': 'chaveiro' }

/** A provider whose requests carry a token in a header of its own, a constant header, and a key in the query. */
async function openAcme(server: URL): Promise<Pick<ServedAccount, 'facts' | 'client'>> {
  const acme = defineProvider<object>({
    id: 'acme',
    server,
    refreshKind: 'none',
    repeat: 'free',
    acquire: async () => ({ accessToken: OWN['x-token'] }),
    authorize: (headers, { accessToken }) => headers.set('x-token', accessToken),
    prepare: prepareRequests(({ headers, url }) => {
      headers.set('x-app', OWN['x-app'])
      putQuery(url, 'app key', 'of-the-package')
    }),
  })
  const facts = {
    id: 'acme',
    title: 'Acme',
    servers: {},
    inputs: {},
    operations: {},
    apiQuery: ['app key'],
    signInMethods: [],
  }
  return { facts, client: createProviderClient(acme, {}) }
}

it('a header that the package sets is never the caller’s', async () => {
  const { url, received } = await proxiedApi((_received, response) => response.end('reached'), { open: openAcme })
  await fetch(`${url}/orders`, { headers: { 'x-token': 'mine', 'x-app': 'mine', 'x-other': 'mine' } })
  expect(received[0]?.headers).toMatchObject({ ...OWN, 'x-other': 'mine' })
  expect(received[0]?.url).toBe('/orders?app%20key=of-the-package')
})

it.each(['app%20key', 'app+key', '%61pp%20key', 'a=1&app%20key', 'a=1;app%20key'])(
  'a query may not hold a parameter that the package sets: %s',
  async (name) => {
    const { url, received } = await proxiedApi((_received, response) => response.end('reached'), { open: openAcme })
    const answer = await fetch(`${url}/orders?${name}=mine`)
    expect(await answer.json()).toMatchObject({ status: 400, code: 'query-parameter' })
    expect(received).toEqual([])
  },
)
