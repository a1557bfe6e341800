import { setImmediate } from 'node:timers/promises'
import { createTokenManager, type Fetch, type TokenEvent } from '@chaveiro/core'
import {
  bearer,
  defineProvider,
  type ProviderIo,
  parentSchemes,
  secret,
  type TokenProvider,
} from '@chaveiro/core/provider'
import { describe, expect, test } from 'vitest'
import { FakeClock } from '../../src/testing/fake-clock.ts'
import { sharedStore } from '../support/shared-store.ts'

const SERVER = new URL('https://two.example.com')
const HOUR = 3_600_000

interface Inputs {
  password: string
}

/** An invented vendor: a session for the password, and an application token for the session. */
function vendor() {
  const asked: string[] = []
  const live = new Set<string>()
  let sessions = 0
  let applications = 0
  const fetch: Fetch = async (input, init) => {
    const request = new Request(input, init)
    const { pathname } = new URL(request.url)
    asked.push(pathname)
    if (pathname === '/session') {
      sessions += 1
      live.add(`session-${sessions}`)
      return Response.json({ token: `session-${sessions}` })
    }
    const session = request.headers.get('authorization')?.replace('Bearer ', '') ?? ''
    if (!live.has(session)) return Response.json({ error: 'no_session' }, { status: 401 })
    applications += 1
    return Response.json({ token: `application-${applications}` })
  }
  return { asked, fetch, killSessions: () => live.clear() }
}

async function tokenOf(response: Response): Promise<string> {
  const { token }: { token: string } = await response.json()
  return token
}

function sessionScheme(overrides: Partial<TokenProvider<Inputs>> = {}): TokenProvider<Inputs> {
  return defineProvider<Inputs>({
    id: 'two/session',
    server: SERVER,
    refreshKind: 'none',
    repeat: 'free',
    acquire: async (io) => ({
      accessToken: await tokenOf(await io.fetch(new URL('/session', SERVER))),
      expiresAt: io.now + HOUR,
    }),
    ...overrides,
  })
}

/** Asks for the session, once more with `newerThan` where the vendor refuses it. */
async function askWithSession(io: ProviderIo): Promise<Response> {
  const session = await io.token('session')
  const first = await io.fetch(new URL('/application', SERVER), { headers: bearer(session) })
  if (first.status !== 401) return first
  const newer = await io.token('session', { newerThan: session })
  return io.fetch(new URL('/application', SERVER), { headers: bearer(newer) })
}

function applicationScheme(
  session: TokenProvider<Inputs>,
  overrides: Partial<TokenProvider<Inputs>> = {},
): TokenProvider<Inputs> {
  return defineProvider<Inputs>({
    id: 'two/application',
    server: SERVER,
    refreshKind: 'none',
    repeat: 'free',
    parents: parentSchemes({ session }),
    async acquire(io) {
      const response = await askWithSession(io)
      if (!response.ok) throw new Error(`status ${response.status}`)
      return { accessToken: await tokenOf(response), expiresAt: io.now + HOUR / 2 }
    },
    ...overrides,
  })
}

function account(
  overrides: { session?: Partial<TokenProvider<Inputs>>; application?: Partial<TokenProvider<Inputs>> } = {},
  store = sharedStore(),
) {
  const clock = new FakeClock()
  const api = vendor()
  const events: TokenEvent[] = []
  const manager = createTokenManager<Inputs>({
    provider: applicationScheme(sessionScheme(overrides.session), overrides.application),
    credentials: () => ({ password: 'hunter2' }),
    fetch: api.fetch,
    clock,
    store,
  })
  manager.on((event) => void events.push(event))
  return { ...api, clock, manager, source: manager.account('one'), events, store }
}

describe('a scheme whose token calls need a parent’s token', () => {
  test('gets it: child before parent, each under its own key, for the same account [RE04]', async () => {
    const { source, asked, store } = account()
    expect((await source.getToken()).reveal()).toBe('application-1')
    expect(asked).toEqual(['/session', '/application'])
    expect(store.records.size).toBe(2)
  })

  test('uses the same parent’s token again, also through another process on the same store [RE04]', async () => {
    const { source, clock, asked, store } = account()
    await source.getToken()
    await clock.advance(HOUR / 2)
    await source.getToken()
    expect(asked).toEqual(['/session', '/application', '/application'])
    const other = account({}, store)
    await other.clock.advance(HOUR / 2)
    other.killSessions()
    await other.source.getToken()
    expect(other.asked).toEqual([])
  })

  test('has a parent refreshed once when the vendor refuses the parent’s token, however many wait [RE04]', async () => {
    const { source, clock, asked, killSessions } = account()
    await source.getToken()
    killSessions()
    await clock.advance(HOUR / 2)
    const tokens = await Promise.all(Array.from({ length: 20 }, () => source.getToken()))
    expect(new Set(tokens.map((token) => token.reveal()))).toEqual(new Set(['application-2']))
    expect(asked).toEqual(['/session', '/application', '/application', '/session', '/application'])
  })

  test('may wrap the refused secret again: its value counts', async () => {
    const application = {
      async acquire(io: ProviderIo) {
        const text = (await io.token('session')).reveal()
        const newer = await io.token('session', { newerThan: secret(text) })
        return { accessToken: `${text}-${newer.reveal()}` }
      },
    }
    const { source } = account({ application })
    expect((await source.getToken()).reveal()).toBe('session-1-session-2')
  })

  test('makes no further token call for a secret that is not the latest', async () => {
    const application = {
      async acquire(io: ProviderIo) {
        return { accessToken: (await io.token('session', { newerThan: secret('older') })).reveal() }
      },
    }
    const { source, asked } = account({ application })
    expect((await source.getToken()).reveal()).toBe('session-1')
    expect(asked).toEqual(['/session'])
  })

  test('keeps a parent in memory that says persist: false, and itself too when it says so', async () => {
    const { source, store } = account({ session: { persist: false } })
    await source.getToken()
    expect(store.records.size).toBe(1)
    const neither = account({ session: { persist: false }, application: { persist: false } })
    await neither.source.getToken()
    expect(neither.store.records.size).toBe(0)
  })

  test('tells its listeners of the parent’s events too', async () => {
    const { source, events } = account()
    await source.getToken()
    await setImmediate()
    const told = events.map(({ provider, type }) => `${provider} ${type}`)
    expect(told).toContain('two/session refresh.done')
    expect(told).toContain('two/application refresh.done')
    expect(events.every(({ account: { tenant } }) => tenant === 'one')).toBe(true)
  })

  test('closes its parents with itself', async () => {
    const { source, manager, clock } = account()
    await source.getToken()
    await manager.close()
    expect(clock.pending).toBe(0)
  })

  test('fails like the parent fails, without a word of the password', async () => {
    const { source } = account({ session: { acquire: () => Promise.reject(new Error('hunter2')) } })
    const error: unknown = await source.getToken().catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'misconfigured' })
    expect(String(error)).not.toContain('hunter2')
  })
})

describe('a scheme that asks for a token it cannot have', () => {
  test.each(['application', 'two/application', 'child', '__proto__', 'constructor', ''])(
    '%j is misconfigured at once, not a wait for itself [RE03]',
    async (scheme) => {
      const application = { acquire: async (io: ProviderIo) => ({ accessToken: (await io.token(scheme)).reveal() }) }
      const { source, clock } = account({ application })
      await expect(source.getToken()).rejects.toMatchObject({ code: 'misconfigured', action: 'fix-configuration' })
      expect(clock.pending).toBe(0)
    },
  )

  test('as a parent that asks for its child is misconfigured at once [RE03]', async () => {
    const session = { acquire: async (io: ProviderIo) => ({ accessToken: (await io.token('application')).reveal() }) }
    const { source, clock } = account({ session })
    await expect(source.getToken()).rejects.toMatchObject({ code: 'misconfigured' })
    expect(clock.pending).toBe(0)
  })

  test('cannot be put among its own parents, not even afterwards [RE03]', () => {
    const parents: Record<string, TokenProvider<Inputs>> = { session: sessionScheme() }
    const child = applicationScheme(sessionScheme(), { parents: parentSchemes(parents) })
    parents['application'] = child
    expect(Object.keys(child.parents?.providers ?? {})).toEqual(['session'])
    expect(() => applicationScheme(sessionScheme(), { parents: parentSchemes({ application: child }) })).toThrow(
      /is the scheme itself/,
    )
    expect(Object.isFrozen(child.parents?.providers)).toBe(true)
  })
})
