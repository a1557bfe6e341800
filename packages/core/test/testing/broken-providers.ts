import { ChaveiroError } from '@chaveiro/core'
import { limitUses } from '@chaveiro/core/limit'
import { defineProvider, type Grant, type ProviderIo, reveal, type TokenProvider } from '@chaveiro/core/provider'
import type { Policy } from '../../src/renewal.ts'
import { bitizeProvider, type Keys } from '../support/simulated-bitize.ts'
import type { WorldChanges } from './bitize-world.ts'

/** What is changed for the worse, and a test of the suite that has to find it. */
export interface Broken {
  changes: WorldChanges
  found: string
}

// Its own server is used for nothing else than to have something to call.
const sound = (server: URL): TokenProvider<Keys> => bitizeProvider(server)
const SERVER = new URL('https://bitize.simulator.test')

export function acquire(io: ProviderIo, keys: Keys): Promise<Grant> {
  return sound(SERVER).acquire?.(io, keys) ?? Promise.reject(new TypeError())
}

function refresh(io: ProviderIo, current: Grant, keys: Keys): Promise<Grant> {
  return sound(SERVER).refresh?.(io, current, keys) ?? Promise.reject(new TypeError())
}

/** As a generated function returns it whose second argument lacks the member. */
function withoutMember(name: 'revoke'): TokenProvider<Keys> {
  const provider = { ...sound(SERVER) }
  Reflect.set(provider, name, undefined)
  return defineProvider<Keys>(provider)
}

const OPEN: Policy = { wrap: (next) => next }
const SENT_ONCE = 'over several lives, each single-use refresh token is sent once'
const PRINTS = 'a token, its account and its events print without a secret'

export const brokenProviders: Readonly<Record<string, Broken>> = {
  'one that quotes an input in an error': {
    changes: {
      provider: {
        inputs: {
          consumerKey: { description: 'key' },
          secretKey: { description: 'not declared as one', secret: false },
        },
        async acquire(io, keys) {
          return acquire(io, keys).catch(async () => {
            const secretKey = encodeURIComponent(await reveal(keys.secretKey))
            throw new ChaveiroError('credentials-rejected', `Refused: ${secretKey}`)
          })
        },
      },
    },
    found: 'the error for wrong credentials shows no secret',
  },
  'one that quotes an earlier token in an error': {
    get changes() {
      let held = ''
      return {
        provider: {
          async acquire(io: ProviderIo, keys: Keys) {
            const first = await acquire(io, keys)
            held = btoa(first.accessToken)
            return first
          },
          async refresh(io: ProviderIo, current: Grant, keys: Keys) {
            return refresh(io, current, keys).catch(() => {
              throw new ChaveiroError('misconfigured', `There was ${held} before.`)
            })
          },
        },
      }
    },
    found: 'no error shows a secret when token calls meet a 500 that quotes the request',
  },
  'one that names a token by its string': {
    changes: {
      provider: {
        async acquire(io, keys) {
          const held = await acquire(io, keys)
          return { ...held, id: held.accessToken }
        },
      },
    },
    found: PRINTS,
  },
  'one that remembers a token beside it': {
    changes: {
      provider: {
        async acquire(io, keys) {
          const held = await acquire(io, keys)
          return { ...held, meta: { raw: [{ token: held.accessToken }] } }
        },
      },
    },
    found: PRINTS,
  },
  'one that remembers a further secret as if it were open': {
    changes: {
      provider: {
        async acquire(io, keys) {
          const held = await acquire(io, keys)
          return { ...held, secrets: { jwt: 'further-secret' }, meta: { jwt: 'further-secret' } }
        },
      },
    },
    found: PRINTS,
  },
  'one that forgets a further secret': {
    get changes() {
      let isFirst = true
      return {
        provider: {
          refresh: undefined,
          refreshKind: 'none' as const,
          async acquire(io: ProviderIo, keys: Keys) {
            const held = await acquire(io, keys)
            const secrets = isFirst ? { jwt: 'further-secret' } : {}
            isFirst = false
            return { ...held, secrets }
          },
        },
      }
    },
    found: 'the secrets beside the first token are beside the later ones too',
  },
  'one that sends each refresh token twice': {
    changes: {
      provider: {
        async refresh(io, current, keys) {
          const next = await refresh(io, current, keys)
          await refresh(io, current, keys).catch(() => {})
          return next
        },
      },
    },
    found: SENT_ONCE,
  },
  'one that sends a refresh token again when the answer was lost': {
    changes: {
      provider: {
        refresh: (io, current, keys) => refresh(io, current, keys).catch(() => refresh(io, current, keys)),
      },
    },
    found: 'a lost answer to refresh sends no single-use refresh token again',
  },
  'one that calls a single-use refresh token reusable to itself': {
    changes: {
      simulator: { rotation: 'reusable' },
      world: {},
      provider: {
        async refresh(io, current, keys) {
          const { refreshToken: _, ...next } = await refresh(io, current, keys)
          return { ...next, refreshToken: current.refreshToken }
        },
      },
    },
    found: SENT_ONCE,
  },
  'one that ignores when a token ends': {
    changes: {
      provider: {
        async acquire(io, keys) {
          const { expiresAt: _, ...held } = await acquire(io, keys)
          return held
        },
      },
    },
    found: 'a token that has ended is replaced before it is sent',
  },
  'one that never puts the token on': {
    changes: { provider: { authorize: () => {} } },
    found: 'the token is put on requests, and the API accepts it',
  },
  'one that tries wrong credentials again': {
    changes: {
      provider: { acquire: (io, keys) => acquire(io, keys).catch(() => acquire(io, keys)) },
    },
    found: 'wrong credentials are sent once, and the error says that they are wrong',
  },
  'one that takes wrong credentials for an outage': {
    changes: {
      provider: { classify: ({ status }) => (status === 400 ? { kind: 'transient' } : undefined) },
    },
    found: 'wrong credentials are sent once, and the error says that they are wrong',
  },
  'one that takes a 401 for an answer': {
    changes: { provider: { judge: () => undefined } },
    found: 'a refused token leads to one new token and one replay',
  },
  'one that takes every answer for a refusal': {
    changes: { provider: { judge: () => 'refused' } },
    found: 'the token is put on requests, and the API accepts it',
  },
  'one that makes two tokens where one was asked for': {
    changes: {
      provider: {
        async acquire(io, keys) {
          await acquire(io, keys)
          return acquire(io, keys)
        },
      },
    },
    found: 'a crowd without a token causes one token call',
  },
  'one that gives up when its refresh token was ended': {
    changes: { provider: { classify: ({ phase }) => (phase === 'refresh' ? { kind: 'misconfigured' } : undefined) } },
    found: 'a refresh token that the server ended is not the end where the inputs can acquire',
  },
  'one that says that a second acquire ends the first token': {
    changes: { provider: { repeat: 'ends-previous' } },
    found: 'a second acquire does to the first token what `repeat` says',
  },
  'one that promises refresh tokens and has no refresh': {
    changes: { provider: { refresh: undefined } },
    found: 'the definition does not contradict itself',
  },
  'one that does not keep its own limit': {
    changes: { provider: { limit: { calls: 2, perMs: 60_000, run: (_, __, send) => send(), renewals: () => OPEN } } },
    found: 'no more token calls leave than `limit` allows',
  },
  'one that sends a refresh token more often than it says': {
    changes: {
      simulator: { rotation: 'reusable' },
      provider: {
        refreshKind: 'reusable',
        refreshUses: limitUses(2),
        async refresh(io, current, keys) {
          for (let more = 0; more < 2; more += 1) await refresh(io, current, keys).catch(() => {})
          return refresh(io, current, keys)
        },
      },
    },
    found: 'no refresh token is sent more often than `refreshUses` says',
  },
  'one that tries keys again that may lock the account': {
    changes: {
      provider: { probeRejected: false, acquire: (io, keys) => acquire(io, keys).catch(() => acquire(io, keys)) },
    },
    found: 'where wrong keys lock the account, they are sent once',
  },
  'one that promises a grace period that the server does not give': {
    changes: { person: true, provider: { graceMs: 60_000 } },
    found: 'within `graceMs` of a lost answer, the spent refresh token brings a token once more',
  },
  'one whose revoke was left to be written by hand, and was not': {
    changes: { world: { provider: withoutMember('revoke') } },
    found: 'each member that is left to be written by hand is there',
  },
  'one that can be changed': {
    changes: { world: { provider: { ...sound(SERVER) } } },
    found: 'the definition is frozen, and says the same each time',
  },
  'one that fails to revoke what was revoked': {
    changes: { provider: { revoke: (io) => revoke(io, []) } },
    found: 'the API refuses a revoked token, and revoking it again succeeds',
  },
  'one that only says that it revokes': {
    changes: { provider: { revoke: async () => {} } },
    found: 'the API refuses a revoked token, and revoking it again succeeds',
  },
}

/** Ends the token at the server. A status in `gone` counts as done. */
export async function revoke(io: ProviderIo, gone: readonly number[]): Promise<void> {
  const { ok, status } = await io.fetch(new URL('/revoke', SERVER), { method: 'POST' })
  if (!ok && !gone.includes(status)) throw new Error(`answered ${status}`)
}
