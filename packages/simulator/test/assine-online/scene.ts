import {
  type AssineOnlineAccount,
  type AssineOnlineSimulator,
  type AssineOnlineSimulatorOptions,
  type Fetch,
  type JsonObject,
  simulateAssineOnline,
} from '../../src/index.ts'
import { createFakeClock, type FakeClock } from '../fake-clock.ts'
import { doors } from '../ways-in.ts'

/** A simulator, its clock, and its calls in one line each. */
interface AssineScene {
  readonly assine: AssineOnlineSimulator
  readonly clock: FakeClock
  readonly client: AssineClient
  readonly close: () => Promise<void>
}

export interface AssineClient {
  /** The login of the first account, if not told otherwise. */
  login(account?: Partial<AssineOnlineAccount>, others?: JsonObject): Promise<Response>
  /** The same, and the session token of its answer. */
  session(account?: Partial<AssineOnlineAccount>): Promise<string>
  signOut(token: string): Promise<Response>
  mint(token: string | undefined, body?: JsonObject): Promise<Response>
  /** The same, read. */
  minted(token: string, body?: JsonObject): Promise<Minted>
  list(token: string | undefined, page?: number | string): Promise<Response>
  listed(token: string, page?: number): Promise<TokenPage>
  revoke(token: string | undefined, id: string): Promise<Response>
  user(token: string | undefined, query?: string): Promise<Response>
  send(path: string, token: string | undefined, init?: RequestInit): Promise<Response>
}

interface PhpDate {
  date: string
  timezone_type: number
  timezone: string
}

interface Minted {
  accessToken: string
  expires: PhpDate
  id: string
}

interface TokenPage {
  _links: { self: { href: string }; first: { href: string }; last: { href: string } }
  _embedded: { access_token: { accessToken: string; id: string; expires: PhpDate; scope: unknown }[] }
  page_count: number
  page_size: number
  total_items: number
  page: number
}

/** A date that stands ahead of the fake clock. */
export const EXPIRES = '2021-03-01 23:59:00'

export const FILTERS = 'filter[0][field]=id&filter[0][type]=eq&filter[0][value]=$USER_ID'

export const createAssineClient = (fetch: Fetch, url: URL, first: AssineOnlineAccount): AssineClient => {
  const send: AssineClient['send'] = (path, token, init) => {
    const headers = new Headers(init?.headers)
    if (token !== undefined) headers.set('authorization', `Bearer ${token}`)
    return fetch(new URL(path, url), { ...init, headers })
  }
  const post = (path: string, token: string | undefined, body: JsonObject): Promise<Response> =>
    send(path, token, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  const login: AssineClient['login'] = (account, others) => {
    const { username, password } = { ...first, ...account }
    return post('/oauth', undefined, {
      grant_type: 'password',
      client_id: 'app',
      client_secret: 'app',
      username,
      password,
      ...others,
    })
  }
  const mint: AssineClient['mint'] = (token, body) =>
    post('/v1/access-token', token, { password: first.password, expires: EXPIRES, ...body })
  const list: AssineClient['list'] = (token, page) =>
    send(`/v1/access-token${page === undefined ? '' : `?page=${page}`}`, token)
  return {
    login,
    session: async (account) => {
      const { access_token } = await readSession(await login(account))
      return access_token
    },
    signOut: (token) => post('/oauth/revoke', undefined, { token }),
    mint,
    minted: async (token, body) => {
      const answer: Minted = JSON.parse(await textOf(await mint(token, body), 201))
      return answer
    },
    list,
    listed: async (token, page) => {
      const answer: TokenPage = JSON.parse(await textOf(await list(token, page), 200))
      return answer
    },
    revoke: (token, id) => send(`/v1/access-token/${id}`, token, { method: 'DELETE' }),
    user: (token, query = FILTERS) => send(`/v1/user?${query}`, token),
    send,
  }
}

/** What a login answers, of which the tests use two fields. */
export const readSession = async (response: Response): Promise<{ access_token: string; refresh_token: string }> => {
  const session: { access_token: string; refresh_token: string } = JSON.parse(await textOf(response, 200))
  return session
}

const textOf = async (response: Response, status: number): Promise<string> => {
  const text = await response.text()
  if (response.status !== status) throw new Error(`expected ${status}, got ${response.status}: ${text}`)
  return text
}

export const objectOf = async (response: Response, status: number): Promise<JsonObject> => {
  const body: unknown = JSON.parse(await textOf(response, status))
  if (typeof body !== 'object' || body === null) throw new Error('expected an object')
  return Object.fromEntries(Object.entries(body))
}

/** What stands at a path of keys. */
export const at = (value: unknown, ...keys: (string | number)[]): unknown =>
  keys.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  )

export type OpenAssine = (options?: AssineOnlineSimulatorOptions) => Promise<AssineScene>

/** In process and over HTTP. */
export const assineScenes: readonly (readonly [string, OpenAssine])[] = doors.map(([name, open]) => [
  name,
  async (options) => {
    const clock = createFakeClock()
    const assine = simulateAssineOnline({ clock, ...options })
    const { fetch, url, close } = await open(assine)
    return { assine, clock, client: createAssineClient(fetch, url, assine.credentials), close }
  },
])

/** Opens scenes and closes them all. */
export const createStage = (openScene: OpenAssine): { scene: OpenAssine; close: () => Promise<void> } => {
  const open: AssineScene[] = []
  return {
    scene: async (options) => {
      const opened = await openScene(options)
      open.push(opened)
      return opened
    },
    close: async () => {
      const unused = open.flatMap(({ assine }) => assine.faults.unused())
      for (const { close } of open.splice(0)) await close()
      if (unused.length > 0) throw new Error(`${unused.length} faults were prepared and not met`)
    },
  }
}
