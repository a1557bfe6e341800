import { prepareRequests, putQuery } from '@chaveiro/core/provider'
import type { Broken } from './broken-providers.ts'

const CARRIES = 'requests of the API carry what `carries` names, also when they are sent again'

/** Providers that are wrong about the API: what its requests carry, where it is, how it rejects a token. */
export const brokenAtTheApi: Readonly<Record<string, Broken>> = {
  'one that forgets what requests carry': {
    changes: { world: { carries: { 'header.x-account': 'acc-7' } } },
    found: CARRIES,
  },
  'one that puts it on the first request only': {
    get changes() {
      let isFirst = true
      return {
        world: { carries: { 'query.app-key': 'app-7' } },
        provider: {
          prepare: prepareRequests(({ url }) => {
            if (isFirst) putQuery(url, 'app-key', 'app-7')
            isFirst = false
          }),
        },
      }
    },
    found: CARRIES,
  },
  'one that does not know the host of the API': {
    changes: { world: { apiOrigin: 'https://api.bitize.simulator.test' } },
    found: 'requests go to the host of the API, also when they are sent again',
  },
  'one that does not look into the body': {
    changes: {
      world: { rejectionByBody: () => Response.json({ error: 'token_expired' }, { status: 403 }) },
    },
    found: 'a token that the API rejects in the body leads to one new token and one replay',
  },
  'one that reads the body away from the caller': {
    changes: {
      world: { rejectionByBody: () => Response.json({ error: 'token_expired' }, { status: 403 }) },
      provider: { judgeBody: async (response) => (await response.text()).includes('token_expired') },
    },
    found: 'an answer whose body was looked at for a rejection reaches the caller whole',
  },
}
