import type { TokenStore } from '@chaveiro/core/shared'
import { createSealer } from '@chaveiro/stores/sealer'
import type { StoreSettings } from './messages.ts'

// How soon a client tries to reach a server again. Real time: it is the server that has to come back.
const RECONNECT_MS = 25

/** Opens a member's store, with a client that fails at once while the server is away, as the README advises. */
export async function openStore(settings: StoreSettings, sealingKey: string): Promise<TokenStore> {
  const sealer = createSealer({ keys: [{ id: 'fleet', key: sealingKey }] })
  switch (settings.kind) {
    case 'file': {
      const { fileStore } = await import('@chaveiro/stores/file')
      return fileStore({ directory: settings.directory, sealer })
    }
    case 'redis': {
      const { redisStore } = await import('@chaveiro/stores/redis')
      const client = await (settings.driver === 'redis' ? nodeRedis(settings.url) : ioredis(settings.url))
      return redisStore({ client, sealer })
    }
    case 'postgres': {
      const { postgresStore } = await import('@chaveiro/stores/postgres')
      const client = await (settings.driver === 'pg' ? pgPool(settings.url) : postgresJs(settings.url))
      const store = postgresStore({ client, sealer })
      await store.migrate()
      return store
    }
  }
}

async function nodeRedis(url: string) {
  const { createClient } = await import('redis')
  const client = createClient({ url, disableOfflineQueue: true, socket: { reconnectStrategy: () => RECONNECT_MS } })
  client.on('error', () => {})
  await client.connect()
  return client
}

async function ioredis(url: string) {
  const { Redis } = await import('ioredis')
  const client = new Redis(url, {
    lazyConnect: true,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    retryStrategy: () => RECONNECT_MS,
  })
  client.on('error', () => {})
  await client.connect()
  return client
}

async function pgPool(url: string) {
  const { default: pg } = await import('pg')
  const pool = new pg.Pool({ connectionString: url, max: 1 })
  pool.on('error', () => {})
  return pool
}

async function postgresJs(url: string) {
  const { default: postgres } = await import('postgres')
  return postgres(url, { max: 1, backoff: () => RECONNECT_MS / 1_000, onnotice: () => {} })
}
