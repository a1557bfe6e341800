import { ChaveiroError } from '@chaveiro/core'
import { type SharedStore, type StoredRecord, shared } from '@chaveiro/core/shared'
import type { Scheduler } from 'fast-check'
import { decodeRecord, type TokenRecord } from '../../src/shared/record.ts'
import type { Host } from './host.ts'
import type { Outage, Setup, StoreFault } from './setup.ts'

/** A record that replaced another one. */
export interface Commit {
  readonly host: Host
  readonly key: string
  readonly before: TokenRecord | undefined
  readonly after: TokenRecord | undefined
  readonly version: string | undefined
  /** The version that was replaced. */
  readonly replaced: string | undefined
  /** What the host's monotonic clock showed when it asked for the commit. */
  readonly askedAt: number
}

/** A rule that watches the store. */
export interface StoreWatch {
  onRead(host: Host, version: string | undefined): void
  onCommit(commit: Commit): void
}

// How long an engine waits for an operation.
const PATIENCE_MS = 5_000

/** A store that several processes share; it fails as it is told, and the scheduler decides when it answers. */
export interface ModelStore {
  readonly faults: StoreFault[]
  /** While it is away, it does nothing of what it is asked for. */
  outage: Outage | undefined
  /** `undefined`: the process keeps its tokens in its own memory. */
  of(host: Host): SharedStore | undefined
  recordOf(key: string): TokenRecord | undefined
  /** Has any operation failed so far, or come too late for the one that waited for it? */
  wasTroubled: () => boolean
}

export function modelStore({ isShared }: Setup, scheduler: Scheduler, watch: StoreWatch): ModelStore {
  const records = new Map<string, StoredRecord & { readonly value: string }>()
  let versions = 0
  let isTroubled = false
  /** When the operations that are under way began, on the clock of who waits. */
  const underWay = new Map<object, () => number>()
  const isLate = (): boolean => [...underWay.values()].some((age) => age() >= PATIENCE_MS)
  const recordOf = (key: string): TokenRecord | undefined => {
    const stored = records.get(key)
    return stored && decodeRecord(stored.value, 'model')
  }
  const trip = async (host: Host, what: string): Promise<void> => {
    const since = host.clock.monotonic()
    const step = {}
    underWay.set(step, () => host.clock.monotonic() - since)
    await scheduler.schedule(Promise.resolve(), `${host.name}: ${what}`)
    await host.running()
    isTroubled ||= isLate() || store.outage !== undefined
    underWay.delete(step)
    if (store.outage === 'refuses') throw new Error('The store cannot be reached.')
    if (store.outage === 'hangs') await new Promise(() => {})
  }
  const next = (): StoreFault | undefined => {
    const fault = store.faults.shift()
    isTroubled ||= fault !== undefined
    if (fault === 'fails') throw new Error('The store cannot be reached.')
    return fault
  }
  const store: ModelStore = {
    faults: [],
    outage: undefined,
    recordOf,
    wasTroubled: () => isTroubled || isLate(),
    of(host) {
      if (!isShared) return undefined
      return shared({
        sealed: true,
        async read(key) {
          await trip(host, 'read')
          if (next() !== undefined) await new Promise(() => {})
          const stored = records.get(key)
          watch.onRead(host, stored?.version)
          return stored && { ...stored }
        },
        async commit(key, value, expect) {
          const askedAt = host.clock.monotonic()
          await trip(host, 'commit')
          const fault = next()
          const stored = records.get(key)
          if ((stored?.version ?? null) !== expect) throw new ChaveiroError('conflict', 'Already changed.')
          const before = recordOf(key)
          versions += 1
          const version = `v${versions}`
          if (value === null) records.delete(key)
          else records.set(key, { version, value })
          const after = recordOf(key)
          watch.onCommit({ host, key, before, after, askedAt, replaced: stored?.version, version: after && version })
          await trip(host, 'committed')
          if (fault === 'answer-lost') throw new Error('The connection was lost.')
          if (fault === 'silent') await new Promise(() => {})
          return version
        },
        async [Symbol.asyncDispose]() {},
      })
    },
  }
  return store
}
