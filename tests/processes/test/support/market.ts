import { bitizeProvider } from '@chaveiro/bitize'
import { createTokenManager, isChaveiroError, type TokenManager } from '@chaveiro/core'
import type { TokenProvider } from '@chaveiro/core/provider'
import { FakeClock } from '@chaveiro/core/testing'
import { type BitizeSimulator, type Fetch, simulateBitize } from '@chaveiro/simulator'
import type { ResendUnknown } from './fleet-row.ts'
import { mostSent } from './most-sent.ts'

/** An integration of a tenant: the simulator knows all of them. */
interface Keys {
  readonly consumerKey: string
  readonly secretKey: string
}

export interface MarketOptions {
  /** @default 300_000 */
  readonly lifetimeMs?: number
  readonly maxAccounts?: number
  readonly resendUnknown?: ResendUnknown
  /** @default true */
  readonly canAcquire?: boolean
}

/** What a token call meets: an answer of its own, a broken connection, or the provider's answer. */
export type Meet = (call: {
  readonly tenant: string | undefined
  readonly send: () => Promise<Response>
}) => Promise<Response>

/** One process with many tenants of one provider, on a clock that stands still. */
export interface Market extends AsyncDisposable {
  readonly clock: FakeClock
  readonly simulator: BitizeSimulator
  readonly manager: TokenManager
  /** What token calls meet from now on. */
  meet(how: Meet): void
  /** `undefined`: it got a token; else the code of its error. */
  ask(tenant: string): Promise<string | undefined>
  /** Token calls that left. */
  calls(): number
  mostSent(): number
}

export function openMarket(options: MarketOptions = {}): Market {
  const clock = new FakeClock()
  const simulator = simulateBitize({
    clock,
    accessTokenLifetimeMs: options.lifetimeMs ?? 300_000,
    rotation: 'single-use',
    reuse: 'revoke-family',
  })
  const keys = new Map<string, Keys>()
  const tenants = new Map<string, string>()
  let met: Meet = ({ send }) => send()
  let calls = 0
  const manager = createTokenManager({
    provider: withoutAcquire(bitizeProvider({ server: simulator.url }), options.canAcquire ?? true),
    credentials: ({ tenant }) => {
      const known = keys.get(tenant) ?? keysOf(keys.size)
      keys.set(tenant, known)
      tenants.set(known.consumerKey, tenant)
      simulator.register(known)
      return known
    },
    fetch: observedFetch(
      simulator.fetch,
      (call) => {
        calls += 1
        return met(call)
      },
      (consumerKey) => tenants.get(consumerKey),
    ),
    clock,
    random: repeatableRandom(),
    maxAccounts: options.maxAccounts,
    resendUnknown: options.resendUnknown,
  })
  return {
    clock,
    simulator,
    manager,
    meet(how) {
      met = how
    },
    async ask(tenant) {
      try {
        await manager.account(tenant).getToken()
        return undefined
      } catch (error) {
        return isChaveiroError(error) ? error.code : String(error)
      }
    },
    calls: () => calls,
    mostSent: () => mostSent(simulator, 'refreshAccessToken'),
    [Symbol.asyncDispose]: () => manager[Symbol.asyncDispose](),
  }
}

/** As Node's `fetch` fails if nothing listens there: the request never left. */
export function connectionRefused(): Error {
  const cause = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), {
    code: 'ECONNREFUSED',
    syscall: 'connect',
  })
  return new TypeError('fetch failed', { cause })
}

/** Sends, and knows whose token call it is: by the key of an acquire, or by the refresh token that an answer brought. */
function observedFetch(send: Fetch, meet: Meet, tenantOf: (consumerKey: string) => string | undefined): Fetch {
  const byRefreshToken = new Map<string, string | undefined>()
  return async (input, init) => {
    const request = new Request(input, init)
    const url = new URL(request.url)
    if (url.pathname !== '/auth') return send(request)
    const refreshToken = url.searchParams.get('refresh_token')
    const tenant =
      refreshToken === null
        ? tenantOf(fieldOf(await request.clone().text(), 'consumer_key'))
        : byRefreshToken.get(refreshToken)
    return meet({
      tenant,
      async send() {
        const answer = await send(request)
        byRefreshToken.set(fieldOf(await answer.clone().text(), 'refresh_token'), tenant)
        return answer
      },
    })
  }
}

function fieldOf(json: string, field: string): string {
  const fields: unknown = JSON.parse(json)
  return typeof fields === 'object' && fields !== null ? String(Reflect.get(fields, field)) : ''
}

function keysOf(serial: number): Keys {
  return { consumerKey: `b171ce00-0000-4000-8000-${String(serial).padStart(12, '0')}`, secretKey: 'secret' }
}

function withoutAcquire<Inputs>(provider: TokenProvider<Inputs>, canAcquire: boolean): TokenProvider<Inputs> {
  const provided = { ...provider }
  if (!canAcquire) delete provided.acquire
  return provided
}

/** The same numbers in every run, so that no row depends on luck. */
function repeatableRandom(): () => number {
  let seed = 7
  return () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return seed / 2_147_483_648
  }
}
