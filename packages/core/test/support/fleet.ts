import { deferred } from './deferred.ts'
import { type ProviderShape, SECOND, type World, type WorldOptions, world } from './engine-world.ts'
import { type ScriptedIssuer, scriptedIssuer } from './scripted-issuer.ts'
import { type SharedStore, sharedStore } from './shared-store.ts'
import type { WatchedStore } from './watched-store.ts'

/** Several processes in one: each world has a memory and clocks of its own. They share the store and the issuer. */
export interface Fleet<Store extends WatchedStore> {
  readonly store: Store
  readonly issuer: ScriptedIssuer
  readonly join: (options?: WorldOptions) => World
  /** The record, as stored. */
  readonly value: () => Promise<Record<string, unknown>>
}

/** A store in memory with one account: an expired token and the single-use refresh token `r1`. */
export function fleet(provider: ProviderShape = {}, lifeMs = 0): Promise<Fleet<SharedStore>> {
  return fleetOn(sharedStore(), provider, lifeMs)
}

/** The same on another store, which is empty. */
export async function fleetOn<Store extends WatchedStore>(
  store: Store,
  provider: ProviderShape = {},
  lifeMs = 0,
): Promise<Fleet<Store>> {
  const issuer = scriptedIssuer()
  const join = (options: WorldOptions = {}) =>
    world({ store, issuer, ...options, provider: { ...provider, ...options.provider } })
  const first = join()
  await first.source.seed({ accessToken: 'one', refreshToken: 'r1', expiresAt: first.clock.now() + lifeMs })
  return { store, issuer, join, value: store.stored }
}

/** A refresh that stops before it sends, until it is let go. */
export function stopped(): { shape: ProviderShape; reached: Promise<void>; go: () => void } {
  const reached = deferred<void>()
  const gate = deferred<void>()
  const shape: ProviderShape = {
    async refresh(io, { refreshToken = '' }) {
      reached.resolve()
      await gate.promise
      const body = JSON.stringify({ refresh: refreshToken })
      const response = await io.fetch('https://issuer.example/token', { method: 'POST', body })
      return { accessToken: JSON.parse(await response.text()).access_token, expiresAt: io.now + 1_000 * SECOND }
    },
  }
  return { shape, reached: reached.promise, go: () => gate.resolve() }
}
