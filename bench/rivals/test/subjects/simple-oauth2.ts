import { AuthorizationCode } from 'simple-oauth2'
import { HELD, type Subject, versionOf } from '../subject.ts'

export const simpleOauth2: Subject = {
  name: 'simple-oauth2',
  version: versionOf('simple-oauth2'),
  purpose:
    'a client for the grants of OAuth 2.0: token objects that can be refreshed; when, and for whom, is up to the caller',
  leavesOut: {
    'late 401': 'it sends no API calls',
    abort: 'it has no signals, and callers do not share a refresh',
    'long life': 'it has no timers',
    tenants: 'one object for each account',
  },
  open({ url }) {
    const oauth = new AuthorizationCode({
      client: { id: HELD.clientId, secret: HELD.clientSecret },
      auth: { tokenHost: url.href, tokenPath: '/token' },
    })
    let token = oauth.createToken({ access_token: HELD.accessToken, refresh_token: HELD.refreshToken, expires_in: -1 })
    return {
      // As its README has it.
      async token() {
        if (token.expired()) token = await token.refresh()
        return String(token.token['access_token'])
      },
      call: () => Promise.reject(new Error('It sends no API calls.')),
    }
  },
}
