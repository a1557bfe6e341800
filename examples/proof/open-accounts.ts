import { createTokenManager, type Fetch, type TokenManager } from '@chaveiro/core'
import { mercadoLivreProvider } from '@chaveiro/mercado-livre'
import { redisStore } from '@chaveiro/stores/redis'
import { createSealer, keyFromText } from '@chaveiro/stores/sealer'
import { createClient } from 'redis'
import type { MovedClock } from './moved-clock.ts'
import type { Settings } from './settings.ts'

/** The accounts of all sellers, as each process of an application opens them. */
export interface Accounts extends AsyncDisposable {
  readonly tokens: TokenManager
  /** Removes the records of this run, for a Redis that has others. */
  forgetAll(): Promise<void>
}

export async function openAccounts(settings: Settings, clock: MovedClock): Promise<Accounts> {
  const { server, clientId, clientSecret, redis, prefix, sealingKey, resendUnknown, name } = settings
  const client = createClient({ url: redis })
  client.on('error', () => {}) // node-redis ends the process without a listener; a lost Redis shows in every result
  await client.connect()
  const sealer = createSealer({ keys: [{ id: 'proof', key: keyFromText(sealingKey) }] })
  const tokens = createTokenManager({
    provider: mercadoLivreProvider({ server: new URL(server) }),
    credentials: () => ({ clientId, clientSecret }),
    store: redisStore({ client, sealer, prefix }),
    resendUnknown,
    clock,
    fetch: named(name),
  })
  return {
    tokens,
    async forgetAll() {
      for await (const names of client.scanIterator({ MATCH: `${prefix}*`, COUNT: 1_000 })) {
        if (names.length > 0) await client.unlink(names)
      }
    },
    async [Symbol.asyncDispose]() {
      await tokens.close()
      client.destroy()
    },
  }
}

/** A fetch whose requests say which process sent them, so that the provider can count for each. */
function named(name: string): Fetch {
  return (input, init) => {
    const request = new Request(input, init)
    request.headers.set('user-agent', name)
    return fetch(request)
  }
}
