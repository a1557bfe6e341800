import { ChaveiroError } from '@chaveiro/core'
import { redisStore } from '@chaveiro/stores/redis'
import type { Sealer } from '@chaveiro/stores/sealer'
import type { Session } from '../session/session.ts'
import { loadDriver, type OpenStore, type StoreUse } from './drivers.ts'

const CONNECT_MS = 5_000

const LONGEST_PAUSE_MS = 2_000

/** A store in Redis or Valkey. A command is over before a lost connection would be worth repairing; a server isn't. */
export async function openRedis(url: string, sealer: Sealer, session: Session, use: StoreUse): Promise<OpenStore> {
  const { createClient } = await loadDriver(() => import('redis'), 'redis', session)
  let isConnected = false
  // At the start a store that can't be reached is an error at once.
  const reconnectStrategy = (tries: number): number | false =>
    use === 'lasting' && isConnected && Math.min(LONGEST_PAUSE_MS, 50 * 2 ** tries)
  // While it is away, commands fail at once, in place of waiting for it.
  const client = createClient({
    url,
    socket: { connectTimeout: CONNECT_MS, reconnectStrategy },
    disableOfflineQueue: use === 'lasting',
  })
  // Each command rejects by itself; without a listener the same error would end the process too.
  client.on('error', () => {})
  try {
    await client.connect()
    isConnected = true
  } catch (error) {
    // The driver's own message may quote the URL.
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''
    throw new ChaveiroError('store', session.texts.messages.storeUnreachable('Redis', code))
  }
  const store = redisStore({ client, sealer })
  return { store, outlivesProcess: true, prepare: async () => {}, close: () => client.close() }
}
