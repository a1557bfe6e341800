import { type AccessToken, createTokenManager, type TokenManager, type TokenSource } from '@chaveiro/core'
import { revokeOldTokens } from '@chaveiro/core/old-tokens'
import {
  checkGrant,
  defineProvider,
  expiry,
  type ProviderIo,
  seconds,
  type TokenProvider,
} from '@chaveiro/core/provider'
import { createHost, type Host } from './host.ts'
import { ACCOUNTS, type Account, canRefresh, LIFE_SECONDS, SECRET, type Setup } from './setup.ts'
import type { World } from './world.ts'

interface Keys {
  key: string
}

export const SERVER = new URL('https://issuer.example')

/** One process: a memory, clocks, and the account's sources. */
export interface ModelProcess extends Host {
  readonly manager: TokenManager
  readonly sources: Readonly<Record<Account, TokenSource>>
  /** The token that was last given to a caller. */
  readonly latest: Map<Account, AccessToken>
  /** Lineages that may not come back in this memory. */
  readonly forgotten: Map<Account, Set<string>>
}

export function startProcess(world: World, name: string): ModelProcess {
  const host = createHost(name, world.now())
  const manager = createTokenManager<Keys>({
    provider: providerOf(world.setup),
    credentials: ({ account }) => ({ key: `${SECRET}-key-${account}` }),
    fetch: world.issuer.fetchOf(host),
    store: world.store.of(host),
    clock: host.clock,
    random: () => 0,
    persistFailure: world.setup.persistFailure,
    storeFailure: world.setup.storeFailure,
    // A caller's own requests outlive the manager, so they are to have no timers.
    retry: false,
    attemptTimeoutMs: false,
    timeoutMs: false,
  })
  manager.on((event) => {
    const account = ACCOUNTS.find((known) => known === event.account.account) ?? 'north'
    world.sendRules.onEvent(host, account, event)
    world.callerRules.onPrintable('an event', event)
  })
  const sourceOf = (account: Account): TokenSource => manager.account({ tenant: 'seller', account })
  return Object.assign(host, {
    manager,
    sources: { north: sourceOf('north'), south: sourceOf('south') },
    latest: new Map(),
    forgotten: new Map(),
  })
}

// Makes each end that is asked for another one.
let labels = 0

function providerOf({ issuer, canAcquire }: Setup): TokenProvider<Keys> {
  const ask = async (io: ProviderIo, path: string, body: object): Promise<Response> => {
    const response = await io.fetch(new URL(path, SERVER), { method: 'POST', body: JSON.stringify(body) })
    if (!response.ok) throw new Error(`${response.status} for ${JSON.stringify(body)}`)
    return response
  }
  const token = async (io: ProviderIo, body: object): Promise<ReturnType<typeof checkGrant>> => {
    const answer: Record<string, unknown> = await (await ask(io, '/token', body)).json()
    return checkGrant({
      accessToken: answer['access_token'],
      expiresAt:
        typeof answer['expires_at'] === 'number' ? answer['expires_at'] : expiry(io, seconds(answer['expires_in'])),
      id: answer['id'],
      refreshToken: answer['refresh_token'],
    })
  }
  return defineProvider<Keys>({
    id: 'model',
    server: SERVER,
    repeat: 'free',
    refreshKind: issuer === 'rotating' ? 'single-use' : issuer === 'reusable' ? 'reusable' : 'none',
    ...(canAcquire && { acquire: (io, { key }) => token(io, { key }) }),
    ...(canRefresh(issuer) && { refresh: (io, { refreshToken }) => token(io, { refresh: refreshToken }) }),
    revoke: async (io, { accessToken, id }) => void (await ask(io, '/revoke', { revoke: id ?? accessToken })),
    ...(issuer === 'accumulating' && {
      repeat: 'leaves-token',
      policies: [revokeOldTokens()],
      async acquire(io, { key }) {
        labels += 1
        const end = io.now + LIFE_SECONDS * 1_000 + labels
        await io.noteRequestedExpiry(end)
        return token(io, { key, end })
      },
      async list(io, { key }) {
        const tokens: { id: string; end: number }[] = await (await ask(io, '/list', { key })).json()
        return tokens.map(({ id, end }) => ({ id, expiresAt: end, current: false }))
      },
    }),
  })
}
