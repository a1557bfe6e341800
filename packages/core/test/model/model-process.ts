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
import { SERVER } from './network.ts'
import { ACCOUNTS, type Account, accountOf, canRefresh, isSeller, LIFE_SECONDS, refOf, type Setup } from './setup.ts'
import { keyOf } from './token-books.ts'
import type { World } from './world.ts'

interface Keys {
  key: string
}

/** One process: a memory, clocks, and the account's sources. */
export interface ModelProcess extends Host {
  readonly manager: TokenManager
  /** One of the sources that it holds of an account: the first of a neighbour is opened when it is needed. */
  sourceOf(account: Account, nth?: number): TokenSource
  /** Asks the manager for the account's source once more, and holds it beside the others. */
  reopen(account: Account): void
  /** API calls under way. */
  calls: number
  /** The token that was last given to a caller. */
  readonly latest: Map<Account, AccessToken>
  /** Lineages that may not come back in this memory. */
  readonly forgotten: Map<Account, Set<string>>
}

export function startProcess(world: World, name: string): ModelProcess {
  const host = createHost(name, world.now())
  const manager = createTokenManager<Keys>({
    provider: providerOf(world.setup),
    credentials: (ref) => ({ key: keyOf(accountOf(ref)) }),
    fetch: world.issuer.fetchOf(host),
    store: world.store.of(host),
    clock: host.clock,
    random: () => 0,
    persistFailure: world.setup.persistFailure,
    storeFailure: world.setup.storeFailure,
    resendUnknown: world.setup.resendUnknown,
    maxAccounts: world.setup.maxAccounts,
    // A caller's own requests outlive the manager, so they are to have no timers.
    retry: false,
    attemptTimeoutMs: false,
    timeoutMs: false,
  })
  manager.on((event) => {
    world.sendRules.onEvent(host, accountOf(event.account), event)
    world.callerRules.onPrintable('an event', event)
  })
  const held = new Map<Account, TokenSource[]>()
  const open = (account: Account): TokenSource => {
    const source = manager.account(refOf(account))
    // A neighbour is not held: where memory is short, it is evicted, and known by nothing else.
    if (isSeller(account)) held.set(account, [...(held.get(account) ?? []), source])
    return source
  }
  for (const account of ACCOUNTS) open(account)
  return Object.assign(host, {
    manager,
    sourceOf(account: Account, nth = 0) {
      const sources = held.get(account) ?? []
      return sources[nth % sources.length] ?? open(account)
    },
    reopen: (account: Account) => void open(account),
    calls: 0,
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
