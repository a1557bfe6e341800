import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTokenManager, type Keepers } from '@chaveiro/core'
import { defineProvider } from '@chaveiro/core/provider'
import { fileStore } from '@chaveiro/stores/file'
import { postgresStore } from '@chaveiro/stores/postgres'
import { redisStore } from '@chaveiro/stores/redis'
import { createSealer, generateKey } from '@chaveiro/stores/sealer'
import { startPostgres, startRedis } from '@chaveiro/test-servers'
import { Redis } from 'ioredis'
import pg from 'pg'
import { type Contestant, compare, wallNanoseconds } from './interleaved.ts'
import type { Row } from './row.ts'

const NANOSECONDS_PER_MS = 1_000_000
const ACCOUNTS_AT_ONCE = 32

/** A store to measure, and what ends it. */
interface Measured extends AsyncDisposable {
  readonly name: string
  readonly store: Keepers
}

const sealer = createSealer({ keys: [{ id: 'bench', key: generateKey() }] })

/**
 * A whole refresh through each store (read, claim, call, commit) against the same with the store in memory, which claims
 * nothing. The provider answers at once, in this process: what is left is the engine and the store. Two rows each: one
 * account after the other, and many at once, as time per refresh.
 */
export async function refreshThroughStores(): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (const start of [inFiles, inRedis, inPostgres]) {
    await using measured = await start()
    rows.push(await against(measured, 1), await against(measured, ACCOUNTS_AT_ONCE))
  }
  return rows
}

async function against({ name, store }: Measured, accounts: number): Promise<Row> {
  const subject = refreshing(name, accounts, store)
  const baseline = refreshing('memory', accounts, undefined)
  const result = await compare(subject, baseline, { cost: wallNanoseconds, rounds: 11, times: 64 })
  const ms = (nanoseconds: number): string => `${(nanoseconds / NANOSECONDS_PER_MS).toFixed(2)} ms`
  const how = accounts === 1 ? 'one after the other' : `${accounts} accounts at once`
  return {
    what: `a refresh through ${name}, ${how}`,
    measured: `${ms(result.subject)}, ${Math.round(1_000 * (NANOSECONDS_PER_MS / result.subject))} a second`,
    against: `the same in memory, ${ms(result.baseline)}`,
    figure: `${result.ratio.toFixed(1)}×`,
    limit: '–',
    kept: true,
  }
}

/** Refreshes so many times in all, by these accounts side by side. */
function refreshing(name: string, accounts: number, store: Keepers | undefined): Contestant {
  let serial = 0
  const provider = defineProvider<Record<string, never>>({
    id: 'bench',
    server: new URL('https://bench.invalid'),
    refreshKind: 'single-use',
    repeat: 'free',
    acquire: async (io) => grantOf(io.now),
    refresh: async (io) => grantOf(io.now),
  })
  const grantOf = (now: number) => {
    serial += 1
    const token = String(serial).padStart(64, 'x')
    return { accessToken: token, refreshToken: `r${token}`, expiresAt: now + 86_400_000 }
  }
  const tokens = createTokenManager({ provider, credentials: () => ({}), store, namespace: `${accounts}` })
  const sources = Array.from({ length: accounts }, (_, index) => tokens.account(`seller-${index}`))
  return {
    name,
    run: async (times) => {
      await Promise.all(
        sources.map(async (source) => {
          for (let count = 0; count < times / accounts; count += 1) {
            await source.getToken({ newerThan: await source.getToken() })
          }
        }),
      )
    },
  }
}

async function inFiles(): Promise<Measured> {
  const directory = mkdtempSync(join(tmpdir(), 'chaveiro-bench-'))
  return {
    name: 'files',
    store: fileStore({ directory, sealer }),
    async [Symbol.asyncDispose]() {
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

async function inRedis(): Promise<Measured> {
  const server = await startRedis()
  const client = new Redis(server.url)
  return {
    name: 'Redis',
    store: redisStore({ client, sealer }),
    async [Symbol.asyncDispose]() {
      client.disconnect()
      await server[Symbol.asyncDispose]()
    },
  }
}

async function inPostgres(): Promise<Measured> {
  const server = await startPostgres()
  const client = new pg.Pool({ connectionString: server.url })
  client.on('error', () => {})
  const store = postgresStore({ client, sealer })
  await store.migrate()
  return {
    name: 'PostgreSQL',
    store,
    async [Symbol.asyncDispose]() {
      await client.end()
      await server[Symbol.asyncDispose]()
    },
  }
}
