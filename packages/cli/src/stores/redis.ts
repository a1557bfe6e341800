import { ChaveiroError } from '@chaveiro/core'
import { redisStore } from '@chaveiro/stores/redis'
import type { Sealer } from '@chaveiro/stores/sealer'
import type { Session } from '../session/session.ts'
import { loadDriver, type OpenStore } from './drivers.ts'

const CONNECT_MS = 5_000

/** A store in Redis or Valkey. A command is over before a lost connection would be worth repairing. */
export async function openRedis(url: string, sealer: Sealer, session: Session): Promise<OpenStore> {
  const { createClient } = await loadDriver(() => import('redis'), 'redis', session)
  const client = createClient({ url, socket: { connectTimeout: CONNECT_MS, reconnectStrategy: false } })
  // Each command rejects by itself; without a listener the same error would end the process too.
  client.on('error', () => {})
  try {
    await client.connect()
  } catch (error) {
    // The driver's own message may quote the URL.
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''
    throw new ChaveiroError('store', session.texts.talk.storeUnreachable('Redis', code))
  }
  const store = redisStore({ client, sealer })
  return { store, outlivesProcess: true, prepare: async () => {}, close: () => client.close() }
}
