import type { OAuthSimulator } from '../../src/index.ts'

/** How a provider is asked. */
export interface ProviderWays {
  /** Of the page that asks a person: path, and parameters of the provider's own. */
  readonly page: string
  readonly client?: 'body' | 'basic' | undefined
  readonly content?: 'form' | 'json' | undefined
  /** Of every token call. */
  readonly headers?: Readonly<Record<string, string>> | undefined
}

/** What came back, as far as tests look at it. */
type TokenAnswer = Readonly<{ access_token?: string; refresh_token?: string }>

/** An application to which a person has agreed: it calls a simulated token endpoint by hand, without our client. */
export async function applicationOf(simulator: OAuthSimulator<string>, ways: ProviderWays) {
  const { clientId, clientSecret = '', redirectUris: [redirect_uri = ''] = [] } = simulator.credentials
  const page = new URL(ways.page, simulator.url)
  const asked = { response_type: 'code', client_id: clientId, redirect_uri, state: 'state' }
  for (const [name, value] of Object.entries(asked)) page.searchParams.set(name, value)
  const code = new URL(await simulator.consent(page, { allow: true })).searchParams.get('code') ?? ''

  const post = (path: string, fields: Readonly<Record<string, string>>): Promise<Response> => {
    const isBasic = ways.client === 'basic'
    const body = isBasic ? fields : { ...fields, client_id: clientId, client_secret: clientSecret }
    const headers = new Headers(ways.headers)
    if (isBasic) headers.set('authorization', `Basic ${btoa(`${clientId}:${clientSecret}`)}`)
    if (ways.content === 'json') headers.set('content-type', 'application/json')
    return simulator.fetch(new URL(path, simulator.url), {
      method: 'POST',
      headers,
      body: ways.content === 'json' ? JSON.stringify(body) : new URLSearchParams(body),
    })
  }
  const tokenPath = ways.page.startsWith('/realms') ? '/realms/tiny/protocol/openid-connect/token' : '/oauth/token'
  const token = async (fields: Readonly<Record<string, string>>): Promise<TokenAnswer> =>
    JSON.parse(await (await post(tokenPath, fields)).text())
  return {
    code,
    post,
    exchange: () => token({ grant_type: 'authorization_code', code, redirect_uri }),
    refresh: (refresh_token = '') => token({ grant_type: 'refresh_token', refresh_token }),
  }
}
