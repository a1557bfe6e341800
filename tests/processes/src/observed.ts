import type { ClientCertificate, Fetch } from '@chaveiro/core'
import type { Grant, TokenProvider } from '@chaveiro/core/provider'
import { type SharedStore, shared, type TokenStore } from '@chaveiro/core/shared'
import type { Point } from './messages.ts'
import type { Traffic } from './traffic.ts'

/** Comes by at a point of a refresh; the member may be held there. */
export type Pass = (point: Point) => Promise<void>

/** The store as it is, with the points of a refresh that it can see. */
export function observedStore(store: TokenStore, { during }: Traffic, pass: Pass): SharedStore {
  return shared({
    sealed: store.sealed,
    read: (key, options) => during(() => store.read(key, options)),
    commit: (key, next, expect, options) =>
      during(async () => {
        const kind = kindOf(next)
        if (kind === 'claim') await pass('claiming')
        if (kind === 'result') await pass('answered')
        const version = await store.commit(key, next, expect, options)
        if (kind === 'claim') await pass('claimed')
        if (kind === 'result') await pass('committed')
        return version
      }),
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  })
}

/** The provider as it is, with the point at which a turn was taken and nothing was sent. Without `acquire` where told. */
export function observedProvider<Inputs>(
  provider: TokenProvider<Inputs>,
  canAcquire: boolean,
  { during }: Traffic,
  pass: Pass,
): TokenProvider<Inputs> {
  const observed: TokenProvider<Inputs> = {
    ...provider,
    async acquire(io, inputs) {
      await during(() => pass('in-turn'))
      return required(await provider.acquire?.(io, inputs))
    },
    async refresh(io, current, inputs) {
      await during(() => pass('in-turn'))
      return required(await provider.refresh?.(io, current, inputs))
    },
  }
  if (!canAcquire) delete observed.acquire
  return observed
}

interface ObservedNetwork {
  readonly network: Fetch
  readonly tokenPath: string
  readonly ignoresAbort: boolean
}

/** The network as it is, with the point just before a token call leaves. It presents certificates if the network can. */
export function observedFetch(
  { network, tokenPath, ignoresAbort }: ObservedNetwork,
  { during }: Traffic,
  pass: Pass,
): Fetch {
  const observed =
    (send: Fetch): Fetch =>
    (input, init) =>
      during(async () => {
        const url = new URL(input instanceof Request ? input.url : input)
        if (url.pathname === tokenPath) await pass('sending')
        return send(input, ignoresAbort ? { ...init, signal: null } : init)
      })
  const presenting = network.presenting?.bind(network)
  if (presenting === undefined) return observed(network)
  return Object.assign(observed(network), {
    presenting(certificate: ClientCertificate): Fetch {
      const send = presenting(certificate)
      return Object.assign(observed(send), { presents: send.presents })
    },
  })
}

function kindOf(next: string | null): 'claim' | 'result' | undefined {
  const record: unknown = next === null ? null : JSON.parse(next)
  if (typeof record !== 'object' || record === null) return undefined
  if ('claim' in record) return 'claim'
  return 'token' in record ? 'result' : undefined
}

function required(grant: Grant | undefined): Grant {
  if (grant === undefined) throw new Error('The provider of these tests has both operations.')
  return grant
}
