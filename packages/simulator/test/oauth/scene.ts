import { type OAuthSimulator, type OAuthSimulatorOptions, simulateOAuth } from '../../src/index.ts'
import { createFakeClock, type FakeClock } from '../fake-clock.ts'
import { type Door, doors } from '../ways-in.ts'

export const CLIENT = {
  clientId: 'shop:1',
  clientSecret: 'p%40ss w+rd/=&?~é',
  redirectUris: ['https://app.example/callback?from=shop', 'http://127.0.0.1/callback'],
}
export const REDIRECT_URI = 'https://app.example/callback?from=shop'
/** RFC 7636, Appendix B. */
export const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'

type Fields = Readonly<Record<string, string | undefined>>

/** A simulator, its clock, and requests in one line each. An undefined field is left out. */
export interface OAuthScene extends Door {
  readonly oauth: OAuthSimulator
  readonly clock: FakeClock
  /** The address of the page, for the client of the scene if not told otherwise. */
  readonly authorizationUrl: (fields?: Fields) => string
  /** A person agrees; the code. */
  readonly code: (fields?: Fields) => Promise<string>
  /** A form to the token endpoint, with HTTP Basic if not told otherwise. */
  readonly token: (fields: Fields, headers?: Readonly<Record<string, string>>) => Promise<Response>
  readonly exchange: (code: string, fields?: Fields) => Promise<Response>
  readonly refresh: (refreshToken: string, fields?: Fields) => Promise<Response>
  readonly revoke: (token: string, fields?: Fields) => Promise<Response>
  /** A consent and its exchange. */
  readonly connect: () => Promise<Tokens>
  readonly resource: (accessToken: string, headers?: Readonly<Record<string, string>>) => Promise<Response>
}

export interface Tokens {
  readonly access_token: string
  readonly refresh_token: string
  readonly expires_in: number
  readonly scope: string
}

const given = (fields: Fields): [string, string][] =>
  Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))

/** HTTP Basic with both parts encoded as a form. */
export const basic = ({ clientId, clientSecret = '' }: { clientId: string; clientSecret?: string | undefined }) => {
  const encoded = (text: string): string => new URLSearchParams({ _: text }).toString().slice(2)
  return { authorization: `Basic ${btoa(`${encoded(clientId)}:${encoded(clientSecret)}`)}` }
}

/** Reads tokens. */
export const tokensIn = async (response: Response): Promise<Tokens> => {
  if (response.status !== 200) throw new Error(`expected tokens: ${response.status} ${await response.text()}`)
  return response.json() as Promise<Tokens>
}

/** The status and the error of an answer. */
export const errorIn = async (response: Response): Promise<string> => {
  const text = await response.text()
  const { error, error_description: detail }: Record<string, string> = text === '' ? {} : JSON.parse(text)
  return `${response.status} ${error}: ${detail}`
}

const sceneAt = ({ oauth, clock }: Pick<OAuthScene, 'oauth' | 'clock'>, { fetch, url, close }: Door): OAuthScene => {
  const { credentials } = oauth
  const post = (path: string, fields: Fields, headers: Readonly<Record<string, string>>): Promise<Response> =>
    fetch(new URL(path, url), { method: 'POST', headers, body: new URLSearchParams(given(fields)) })
  const authorizationUrl: OAuthScene['authorizationUrl'] = (fields) => {
    const address = new URL('/authorize', url)
    const asked = {
      response_type: 'code',
      client_id: credentials.clientId,
      redirect_uri: REDIRECT_URI,
      state: 'a state',
      code_challenge: CHALLENGE,
      code_challenge_method: 'S256',
      ...fields,
    }
    address.search = new URLSearchParams(given(asked)).toString()
    return address.href
  }
  const code: OAuthScene['code'] = async (fields) => {
    const callback = new URL(await oauth.consent(authorizationUrl(fields), { allow: true }))
    return callback.searchParams.get('code') ?? `no code: ${callback.search}`
  }
  const token: OAuthScene['token'] = (fields, headers = basic(credentials)) => post('/token', fields, headers)
  const exchange: OAuthScene['exchange'] = (value, fields) =>
    token({
      grant_type: 'authorization_code',
      code: value,
      redirect_uri: REDIRECT_URI,
      code_verifier: VERIFIER,
      ...fields,
    })
  return {
    oauth,
    clock,
    fetch,
    url,
    close,
    authorizationUrl,
    code,
    token,
    exchange,
    refresh: (value, fields) => token({ grant_type: 'refresh_token', refresh_token: value, ...fields }),
    revoke: (value, fields) => post('/revoke', { token: value, ...fields }, basic(credentials)),
    connect: async () => tokensIn(await exchange(await code())),
    resource: (value, headers) =>
      fetch(new URL('/resource', url), { headers: { authorization: `Bearer ${value}`, ...headers } }),
  }
}

export type OpenOAuth = (options?: OAuthSimulatorOptions) => Promise<OAuthScene>

/** In process and over HTTP. */
export const oauthScenes: readonly (readonly [string, OpenOAuth])[] = doors.map(([name, open]) => [
  name,
  async (options) => {
    const clock = createFakeClock()
    const oauth = simulateOAuth({ clock, credentials: CLIENT, ...options })
    return sceneAt({ oauth, clock }, await open(oauth))
  },
])

/** In process only, for what is the same through both. */
export const oauthScene = (options: OAuthSimulatorOptions = {}): OAuthScene => {
  const clock = createFakeClock()
  const oauth = simulateOAuth({ clock, credentials: CLIENT, ...options })
  return sceneAt({ oauth, clock }, { fetch: oauth.fetch, url: oauth.url, close: () => Promise.resolve() })
}
