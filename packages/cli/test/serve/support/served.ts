import { join } from 'node:path'
import type { Clock } from '@chaveiro/core'
import { memoryStore, shared } from '@chaveiro/core/shared'
import { FakeClock } from '@chaveiro/core/testing'
import { type BitizeSimulator, simulateBitize } from '@chaveiro/simulator'
import { onTestFinished } from 'vitest'
import { serve as texts } from '../../../src/messages/serve.en.ts'
import { PROVIDERS } from '../../../src/providers/registry.ts'
import { rememberingParts } from '../../../src/serve/accounts/remembered-parts.ts'
import { findIn, type OpenedAccount, type ServedAccounts } from '../../../src/serve/accounts/served-accounts.ts'
import { type ListenOptions, readListenOptions } from '../../../src/serve/door/listen-options.ts'
import { type KeyWish, newKeyRecord, withKey, withoutKey } from '../../../src/serve/keys/edit-keys.ts'
import { ownKeyFile } from '../../../src/serve/keys/key-file.ts'
import { type RunningServer, startServer } from '../../../src/serve/server.ts'
import { newFolder } from './folder.ts'

/** A server in this process, on loopback, with accounts of a simulated Bitize. */
export interface Served {
  readonly server: RunningServer
  readonly clock: FakeClock
  readonly simulator: BitizeSimulator
  readonly folder: string
  /** Makes a key, which the server knows at once if it is made before it starts, else after 2 s of its clock. */
  readonly addKey: (wish: Partial<KeyWish> & { readonly name: string }) => Promise<string>
  readonly revokeKey: (name: string, isCut?: boolean) => Promise<void>
  readonly get: (path: string, key?: string, headers?: Readonly<Record<string, string>>) => Promise<Response>
  /** Resolves when the server, at its end, waits for pending tokens. */
  readonly closing: Promise<void>
  /** The lines of its log so far. */
  readonly log: () => readonly Record<string, unknown>[]
}

export interface ServedOptions extends ListenOptions {
  /** @default one, `shop` */
  readonly accounts?: readonly string[]
  readonly keys?: readonly (Partial<KeyWish> & { readonly name: string })[]
  readonly logPaths?: boolean
  readonly metricsAccounts?: boolean
  readonly headersTimeoutMs?: number
  /** Of the store. @default it answers */
  readonly read?: (() => Promise<undefined>) | undefined
}

/** A key of this name opens all doors of all accounts. */
export const ALL = { name: 'all', allow: ['bitize/*'], doors: ['proxy', 'token', 'status'] } as const

/** Starts it. Keys are returned by name. */
export async function newServer(
  options: ServedOptions = {},
): Promise<Served & { readonly keys: Record<string, string> }> {
  const { accounts: names = ['shop'], keys: wishes = [ALL], headersTimeoutMs } = options
  const clock = new FakeClock({ now: Date.now() })
  const simulator = simulateBitize({ clock })
  const folder = newFolder()
  const keyPlace = ownKeyFile(join(folder, 'serve-keys.json'), texts)
  const lines: string[] = []
  let beginClosing = (): void => {}
  const closing = new Promise<void>((resolve) => {
    beginClosing = resolve
  })
  const addKey: Served['addKey'] = async ({ name, allow = ['bitize/*'], doors = [], rate, endsAt }) => {
    const { record, text } = newKeyRecord({ name, allow, doors, rate, endsAt }, clock.now(), texts)
    await keyPlace.change((document) => withKey(document, record, texts))
    return text
  }
  const keys: Record<string, string> = {}
  for (const wish of wishes) keys[wish.name] = await addKey(wish)
  const server = await startServer({
    accounts: await openAccounts(names, simulator, clock, { read: options.read, beginClosing }),
    keyPlace,
    place: readListenOptions({ ...(options.socket === undefined && { port: '0' }), ...options }, texts),
    texts,
    clock,
    write: (more) => void lines.push(...more.trimEnd().split('\n')),
    logPaths: options.logPaths ?? false,
    metricsAccounts: options.metricsAccounts ?? false,
    limits: { headersTimeoutMs },
  })
  onTestFinished(async () => {
    await server.stop()
  })
  return {
    server,
    clock,
    simulator,
    folder,
    keys,
    closing,
    addKey,
    async revokeKey(name, isCut = false) {
      await keyPlace.change((document) => {
        const key = document.keys.find((one) => one.name === name)
        return key === undefined ? document : withoutKey(document, key, clock.now(), isCut)
      })
    },
    get: (path, key, headers) =>
      fetch(`${server.url}${path}`, { headers: { ...(key && { authorization: `Bearer ${key}` }), ...headers } }),
    log() {
      server.flushLog()
      return lines.map((line) => JSON.parse(line))
    },
  }
}

async function openAccounts(
  names: readonly string[],
  simulator: BitizeSimulator,
  clock: Clock,
  { read, beginClosing }: { readonly read: ServedOptions['read']; readonly beginClosing: () => void },
): Promise<ServedAccounts> {
  const { bitize: provider } = PROVIDERS
  if (provider === undefined) throw new TypeError('The registry has Bitize.')
  const store = shared(memoryStore())
  const facts = await provider.facts()
  const all: OpenedAccount[] = []
  for (const name of names) {
    const inputs = { ...simulator.credentials }
    const options = { place: { server: simulator.url.href }, account: name, store, fetch: simulator.fetch, clock }
    const client = await provider.open(inputs, options)
    const partsOf = rememberingParts(await provider.partsOf(inputs, options))
    all.push({ provider: 'bitize', name, facts, client, partsOf, secrets: () => simulator.revealSecrets() })
  }
  return {
    all: () => all,
    onEvent(listener) {
      const ends = all.map(({ provider: id, client }) => client.on((event) => listener(id, event)))
      return () => {
        for (const end of ends) end()
      }
    },
    tokens: {
      store: read === undefined ? store : { ...store, read },
      outlivesProcess: true,
      prepare: async () => {},
      close: async () => {},
    },
    find: findIn(all),
    async close() {
      beginClosing()
      await Promise.all(all.map(({ client }) => client.close()))
    },
  }
}
