import type { Fetch } from '@chaveiro/core'
import type { Scheduler } from 'fast-check'
import { offline, reset, status } from '../support/scripted-issuer.ts'
import type { Host } from './host.ts'
import { ACCOUNTS, type Account, canRefresh, type IssuerFault, LIFE_SECONDS, SECRET, type Setup } from './setup.ts'

/** One sign-in and all tokens that came of it. */
interface Family {
  readonly account: Account
  refreshToken: string
  isDead: boolean
}

/** An access token, as its issuer knows it. */
interface Issued {
  readonly family: Family
  /** Who made it: a client that asked, a person who hands it to one, or somebody who has nothing to do with us. */
  readonly maker: 'client' | 'person' | 'stranger'
  readonly endsAt: number
  /** When it was made, counted in tokens and lists. */
  readonly madeAt: number
  isDelivered: boolean
  isRevoked: boolean
}

/** A token call, as it left. */
export interface TokenCall {
  readonly account: Account
  /** `undefined`: an acquire. */
  readonly refreshToken: string | undefined
  /** When the token is to end, where the client chooses. */
  readonly end: number | undefined
}

/** How a token call ended for its sender. */
export type CallEnd = 'answered' | 'refused' | 'not-applied' | 'unknown'

/** Who watches the issuer. */
export interface IssuerWatch {
  onSend(host: Host, call: TokenCall): (end: CallEnd) => void
  onRevoke(host: Host, accessToken: string, maker: 'client' | 'person' | 'stranger'): void
  /** The API answered 401. */
  onRefused(account: Account): void
}

/** The provider's side: an OAuth-like issuer with an API behind it, which misbehaves as it is told. */
export interface ModelIssuer {
  /** What goes wrong with the next calls, in order. */
  readonly faults: IssuerFault[]
  /** How many of the next API calls are answered with 401 although nothing is wrong. */
  refusals: number
  /** Requests that reached the API, by the id of the call. */
  readonly apiRequests: Map<string, number>
  fetchOf(host: Host): Fetch
  /** Signs a person in elsewhere. */
  signIn(account: Account): { accessToken: string; refreshToken?: string }
  accountOf(accessToken: string): Account | undefined
  /** There is a token with this end that nobody got or revoked, and this host could have seen it. */
  isOrphan(host: Host, end: number): boolean
}

export function modelIssuer(setup: Setup, scheduler: Scheduler, now: () => number, watch: IssuerWatch): ModelIssuer {
  const families = new Map<string, Family>()
  const issued = new Map<string, Issued>()
  const listedAt = new Map<Host, number>()
  const underWay = new Set<Request>()
  let count = 0

  const newToken = (family: Family, maker: Issued['maker'], end?: number): string => {
    count += 1
    const endsAt = end ?? now() + LIFE_SECONDS * 1_000
    issued.set(`${SECRET}-access-${count}`, {
      family,
      maker,
      endsAt,
      madeAt: count,
      isDelivered: false,
      isRevoked: false,
    })
    return `${SECRET}-access-${count}`
  }
  const newRefreshToken = (family: Family): string => {
    count += 1
    family.refreshToken = `${SECRET}-refresh-${count}`
    families.set(family.refreshToken, family)
    return family.refreshToken
  }
  const begin = (account: Account): Family => {
    const family: Family = { account, refreshToken: '', isDead: false }
    if (canRefresh(setup.issuer)) newRefreshToken(family)
    return family
  }
  const answer = (family: Family, refreshToken: string | undefined): Response =>
    Response.json({ access_token: newToken(family, 'client'), expires_in: LIFE_SECONDS, refresh_token: refreshToken })

  const apply = ({ account, refreshToken, end }: TokenCall, keepsRefreshToken: boolean): Response => {
    if (refreshToken === undefined) {
      const family = begin(account)
      if (end !== undefined) {
        const accessToken = newToken(family, 'client', end)
        return Response.json({ access_token: accessToken, id: idOf(accessToken), expires_at: end })
      }
      return answer(family, family.refreshToken || undefined)
    }
    const family = families.get(refreshToken)
    if (family === undefined || family.isDead) return status(400)
    if (setup.issuer === 'reusable') return answer(family, keepsRefreshToken ? undefined : family.refreshToken)
    if (family.refreshToken !== refreshToken) {
      family.isDead = true
      return status(400)
    }
    return answer(family, newRefreshToken(family))
  }
  const answerTo = (call: TokenCall, fault: IssuerFault | undefined): Response | Error | undefined => {
    if (fault === 'offline') return offline()
    if (fault === 'lost-before') return reset()
    if (fault === 'unavailable') return status(503)
    if (fault === 'throttled') return status(429, { 'retry-after': '90' })
    if (fault === 'refused') return status(400)
    // A page of something that stands in between.
    if (fault === 'malformed') return new Response('<html></html>')
    const given = apply(call, fault === 'keeps-refresh-token')
    if (fault === 'lost-after') return reset()
    if (fault === 'server-error') return status(500)
    return fault === 'silent' ? undefined : given
  }
  const token = async (host: Host, request: Request): Promise<Response> => {
    const fields: { refresh?: string; key?: string; end?: number } = JSON.parse(await request.text())
    const { refresh, key, end } = fields
    const account = families.get(refresh ?? '')?.account ?? ACCOUNTS.find((name) => key?.endsWith(name)) ?? 'north'
    const call = { account, refreshToken: refresh, end }
    const onEnd = watch.onSend(host, call)
    try {
      const response = await untilAborted(request.signal, async () => {
        await scheduler.schedule(Promise.resolve(), `${host.name}: ${refresh ? 'refresh' : 'acquire'} ${account}`)
        // Of who has hung up nothing is read any more.
        if (request.signal.aborted || host.isDead) return new Promise<Response>(() => {})
        const given = answerTo(call, issuer.faults.shift())
        await scheduler.schedule(Promise.resolve(), `${host.name}: answered`)
        await host.running()
        if (given === undefined) return new Promise<Response>(() => {})
        if (given instanceof Error) throw given
        return given
      })
      onEnd(endOf(response))
      for (const token of issued.values()) if (end !== undefined && token.endsAt === end) token.isDelivered = true
      return response
    } catch (error) {
      onEnd(
        error instanceof TypeError && JSON.stringify(error.cause).includes('ECONNREFUSED') ? 'not-applied' : 'unknown',
      )
      throw error
    }
  }
  const revoke = async (host: Host, request: Request): Promise<Response> => {
    const { revoke: given }: { revoke: string } = JSON.parse(await request.text())
    const accessToken = [...issued.keys()].find((text) => text === given || idOf(text) === given) ?? ''
    const known = issued.get(accessToken)
    if (known) watch.onRevoke(host, accessToken, known.maker)
    await scheduler.schedule(Promise.resolve(), `${host.name}: revoke`)
    if (known) known.isRevoked = true
    await host.running()
    return status(200)
  }
  const list = async (host: Host, request: Request): Promise<Response> => {
    const { key }: { key: string } = JSON.parse(await request.text())
    await scheduler.schedule(Promise.resolve(), `${host.name}: list`)
    count += 1
    listedAt.set(host, count)
    const alive = [...issued].filter(([, token]) => !token.isRevoked && key.endsWith(token.family.account))
    await host.running()
    return Response.json(alive.map(([text, { endsAt }]) => ({ id: idOf(text), end: endsAt })))
  }
  const api = async (host: Host, request: Request): Promise<Response> => {
    const id = request.headers.get('x-call') ?? ''
    issuer.apiRequests.set(id, (issuer.apiRequests.get(id) ?? 0) + 1)
    await scheduler.schedule(Promise.resolve(), `${host.name}: api`)
    await host.running()
    const known = issued.get((request.headers.get('authorization') ?? '').replace('Bearer ', ''))
    const isWell = known !== undefined && !known.isRevoked && !known.family.isDead && now() < known.endsAt
    if (issuer.refusals > 0) issuer.refusals -= 1
    else if (isWell) return status(200)
    for (const account of ACCOUNTS)
      if (known === undefined || known.family.account === account) watch.onRefused(account)
    return status(401)
  }
  const answerOf = (host: Host, request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url)
    if (pathname === '/token') return token(host, request)
    if (pathname === '/list') return list(host, request)
    return pathname === '/revoke' ? revoke(host, request) : api(host, request)
  }
  const issuer: ModelIssuer = {
    faults: [],
    refusals: 0,
    apiRequests: new Map(),
    fetchOf: (host) => async (input, init) => {
      const request = new Request(input, init)
      // As a connection does. A Request that nobody holds may be collected, and then hears of no abort.
      underWay.add(request)
      try {
        return await answerOf(host, request)
      } finally {
        underWay.delete(request)
      }
    },
    signIn(account) {
      const family = begin(account)
      return {
        accessToken: newToken(family, 'person'),
        ...(family.refreshToken && { refreshToken: family.refreshToken }),
      }
    },
    isOrphan: (host, end) =>
      [...issued.values()].some(({ endsAt, madeAt, isDelivered, isRevoked }) => {
        const isOpen = endsAt === end && !isDelivered && !isRevoked && now() < end
        return isOpen && madeAt < (listedAt.get(host) ?? Number.POSITIVE_INFINITY)
      }),
    accountOf: (accessToken) => issued.get(accessToken)?.family.account,
  }
  for (const account of ACCOUNTS) newToken(begin(account), 'stranger', now() + 10 * LIFE_SECONDS * 1_000)
  return issuer
}

/** The handle of a token: not secret. */
function idOf(accessToken: string): string {
  return accessToken.replace(`${SECRET}-access`, 'id')
}

function endOf({ status: code, headers }: Response): CallEnd {
  if (code === 200) return headers.get('content-type') === 'application/json' ? 'answered' : 'not-applied'
  if (code === 400) return 'refused'
  return code === 429 || code === 503 ? 'not-applied' : 'unknown'
}

/** As a fetch does: the caller hears of the abort, whatever becomes of the answer. */
function untilAborted<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    work().then(resolve, reject)
  })
}
