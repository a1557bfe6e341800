import { OAuth2Client, OAuth2Fetch } from '@badgateway/oauth2-client'
import { HELD, type Subject, versionOf } from '../subject.ts'

export const badgateway: Subject = {
  name: '@badgateway/oauth2-client',
  version: versionOf('@badgateway/oauth2-client'),
  purpose: 'a small OAuth 2.0 client for browsers and Node, with a fetch that puts the token on and refreshes it',
  leavesOut: {
    abort: 'its wait for a token takes no signal',
    tenants: 'one object for each account',
  },
  open({ url }) {
    const { clientId, clientSecret } = HELD
    const client = new OAuth2Client({ server: url.href, tokenEndpoint: '/token', clientId, clientSecret })
    const wrapper = new OAuth2Fetch({
      client,
      getNewToken: () => null,
      getStoredToken: () => ({
        accessToken: HELD.accessToken,
        refreshToken: HELD.refreshToken,
        expiresAt: Date.now() - 1,
      }),
      onError: () => {},
    })
    return {
      token: () => wrapper.getAccessToken(),
      call: async () => (await wrapper.fetch(new URL('/api', url).href)).status,
      // It has no way to end its timer, which would go on into the next scenario.
      close: () => clearTimeout(Reflect.get(wrapper, 'refreshTimer')),
    }
  },
}
