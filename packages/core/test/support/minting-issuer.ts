import type { Fetch } from '@chaveiro/core'
import { type IssuedToken, type ProviderIo, requestExpiry } from '@chaveiro/core/provider'
import { zoned } from '../../src/token/expiry.ts'
import { DAY, type ProviderShape } from './engine-world.ts'
import { reset } from './scripted-issuer.ts'

const FORMAT = 'YYYY-MM-DD HH:mm:ss'
const SERVER = 'https://issuer.example'

/** What happens to the next call. `lost-after`: it is applied, and its answer is lost; `lost-before`: neither. */
type Mishap = 'lost-after' | 'lost-before' | 'unreadable' | 500 | 409 | 401

interface Minted {
  readonly id: string
  readonly expires: string
}

/** An issuer whose tokens stay until they are revoked, and whose client chooses when each one ends. */
export interface MintingIssuer {
  readonly fetch: Fetch
  /** What lives there, by what it was asked for. */
  readonly live: Map<string, Minted>
  /** Every request, as `POST`, `GET`, or `DELETE` with the handle. */
  readonly log: string[]
  /** What happens to the next mints, lists and revocations. */
  readonly mishaps: { mint: Mishap[]; list: Mishap[]; revoke: Mishap[] }
  /** Waited for by each mint, after it was applied. */
  beforeAnswer?: (() => Promise<void>) | undefined
  /** A token that another client made, ending at that text. */
  foreign(id: string, expires: string): void
}

export function mintingIssuer(): MintingIssuer {
  let count = 0
  const issuer: MintingIssuer = {
    live: new Map(),
    log: [],
    mishaps: { mint: [], list: [], revoke: [] },
    foreign: (id, expires) => void issuer.live.set(id, { id, expires }),
    async fetch(input, init) {
      const request = new Request(input, init)
      const id = new URL(request.url).pathname.split('/').pop() ?? ''
      const kind = request.method === 'POST' ? 'mint' : request.method === 'GET' ? 'list' : 'revoke'
      issuer.log.push(kind === 'revoke' ? `revoke ${id}` : kind)
      const mishap = issuer.mishaps[kind].shift()
      if (mishap === 'lost-before') throw reset()
      if (typeof mishap === 'number') return new Response('{}', { status: mishap })
      if (kind === 'list') return Response.json([...issuer.live.values()])
      if (kind === 'revoke') return new Response(null, { status: issuer.live.delete(id) ? 204 : 404 })
      const { expires }: { expires: string } = await request.json()
      count += 1
      const minted = { id: `id-${count}`, expires }
      const token = `token-${count}`
      issuer.live.set(minted.id, minted)
      await issuer.beforeAnswer?.()
      if (mishap === 'lost-after') throw reset()
      return mishap === 'unreadable' ? new Response('<html>') : Response.json({ ...minted, token }, { status: 201 })
    },
  }
  return issuer
}

/** A provider of such tokens, without a refresh operation: rotation is acquiring again. */
export function mintingShape(lifeMs = 30 * DAY, overrides: ProviderShape = {}): ProviderShape {
  return {
    canRefresh: false,
    repeat: 'leaves-token',
    async acquire(io) {
      const expires = await requestExpiry(io, lifeMs, FORMAT, 'UTC', spread())
      const response = await io.fetch(`${SERVER}/tokens`, { method: 'POST', body: JSON.stringify({ expires }) })
      if (!response.ok) throw new Error(`answered ${response.status}`)
      const { token, id, expires: end } = await response.json()
      return { accessToken: token, id, expiresAt: endOf(end) ?? 0 }
    },
    async list(io) {
      const response = await io.fetch(`${SERVER}/tokens`)
      if (!response.ok) throw new Error(`answered ${response.status}`)
      const tokens: Minted[] = await response.json()
      return tokens.map(({ id, expires }): IssuedToken => ({ id, expiresAt: endOf(expires) }))
    },
    async revoke(io: ProviderIo, { id }) {
      const response = await io.fetch(`${SERVER}/tokens/${id}`, { method: 'DELETE' })
      if (!response.ok && response.status !== 404) throw new Error(`answered ${response.status}`)
    },
    ...overrides,
  }
}

function endOf(expires: string): number | undefined {
  const reading = zoned(expires, FORMAT, 'UTC')
  return reading.kind === 'server' ? reading.at : undefined
}

// Each end differs from the previous one, as chance would have it.
let asked = 0
function spread(): () => number {
  asked = (asked + 1) % 1_000
  return () => asked / 1_000
}
