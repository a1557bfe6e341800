import { type Fetch, type GenpagSimulator, type GenpagSimulatorOptions, simulateGenpag } from '../../src/index.ts'
import { createFakeClock, type FakeClock } from '../fake-clock.ts'
import { type Door, doors } from '../ways-in.ts'

/** A simulator, its clock, and its calls in one line each. */
interface GenpagScene {
  readonly genpag: GenpagSimulator
  readonly clock: FakeClock
  readonly client: GenpagClient
  readonly close: () => Promise<void>
}

export interface GenpagClient {
  /** The token call, of the first seller if not told otherwise. */
  issue(seller?: { sellerId?: string; refreshToken?: string }, init?: RequestInit): Promise<Response>
  /** The same, read. */
  token(seller?: { sellerId?: string; refreshToken?: string }): Promise<string>
  orders(accessToken: string | undefined, init?: RequestInit, sellerId?: string): Promise<Response>
  create(kind: 'orders' | 'payments', accessToken: string, body: unknown): Promise<Response>
  tokenize(authorization: string | undefined, init?: RequestInit): Promise<Response>
  send(path: string, init?: RequestInit): Promise<Response>
}

export const CARD_NUMBER = '4444333322221111'

const json = { 'content-type': 'application/json' }

const bearer = (token: string | undefined): Record<string, string> =>
  token === undefined ? {} : { authorization: `Bearer ${token}` }

export const createGenpagClient = (fetch: Fetch, url: URL, first: GenpagSimulator['credentials']): GenpagClient => {
  const send = (path: string, init?: RequestInit): Promise<Response> => fetch(new URL(path, url), init)
  const issue: GenpagClient['issue'] = (seller = {}, init = {}) => {
    const { sellerId = first.sellerId, refreshToken = first.refreshToken } = seller
    return send(`/api/${sellerId}/tokens`, {
      method: 'POST',
      headers: { ...json, ...bearer(refreshToken) },
      body: '{}',
      ...init,
    })
  }
  return {
    send,
    issue,
    token: async (seller) => {
      const response = await issue(seller)
      if (!response.ok) throw new Error(`expected a token, got ${response.status}`)
      const { data }: { data: string } = JSON.parse(await response.text())
      return data
    },
    orders: (accessToken, init, sellerId = first.sellerId) =>
      send(`/api/sellers/${sellerId}/orders`, { headers: bearer(accessToken), ...init }),
    create: (kind, accessToken, body) =>
      send(`/api/sellers/${first.sellerId}/${kind}`, {
        method: 'POST',
        headers: { ...json, ...bearer(accessToken) },
        body: JSON.stringify(body),
      }),
    tokenize: (authorization, init) =>
      send('/api/tokenize', {
        method: 'POST',
        headers: { ...json, ...(authorization === undefined ? {} : { authorization }) },
        body: JSON.stringify({ card_number: CARD_NUMBER }),
        ...init,
      }),
  }
}

export type OpenGenpag = (options?: GenpagSimulatorOptions) => Promise<GenpagScene>

const through =
  (open: (genpag: GenpagSimulator) => Promise<Door>): OpenGenpag =>
  async (options) => {
    const clock = createFakeClock()
    const genpag = simulateGenpag({ clock, ...options })
    const { fetch, url, close } = await open(genpag)
    return { genpag, clock, client: createGenpagClient(fetch, url, genpag.credentials), close }
  }

/** In process and over HTTP. */
export const genpagScenes: readonly (readonly [string, OpenGenpag])[] = doors.map(([name, open]) => [
  name,
  through(open),
])

/** Opens scenes and closes them all. */
export const createStage = (openScene: OpenGenpag): { scene: OpenGenpag; close: () => Promise<void> } => {
  const open: GenpagScene[] = []
  return {
    scene: async (options) => {
      const opened = await openScene(options)
      open.push(opened)
      return opened
    },
    close: async () => {
      const unused = open.flatMap(({ genpag }) => genpag.faults.unused())
      for (const { close } of open.splice(0)) await close()
      if (unused.length > 0) throw new Error(`${unused.length} faults were prepared and not met`)
    },
  }
}
