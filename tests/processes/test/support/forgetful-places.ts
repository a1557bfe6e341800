import {
  type RunningServer,
  startPostgres,
  startPostgresStandby,
  startRedis,
  startRedisReplica,
} from '@chaveiro/test-servers'
import { Redis } from 'ioredis'
import pg from 'pg'
import { movingAddress } from './moving-address.ts'
import type { Place, PlaceKind } from './places.ts'

/** A place that loses what it acknowledged last. */
export interface ForgetfulPlace extends Place {
  /** What is written from now on will be lost. */
  forgetFromHere(): Promise<void>
  /** The server crashes; what takes its place knows nothing of it. */
  lose(): Promise<void>
}

export interface ForgetfulKind extends PlaceKind {
  open(): Promise<ForgetfulPlace>
}

export const FORGETFUL_PLACES: readonly ForgetfulKind[] = [
  {
    name: 'Redis, a replica promoted without the last write',
    needs: ['own-redis'],
    open: () =>
      withFailover(startRedis, startRedisReplica, promoteRedis, (port) => redisSettings(`redis://127.0.0.1:${port}`)),
  },
  { name: 'Redis, restarted without the last write', needs: ['own-redis'], open: savedRedis },
  {
    name: 'PostgreSQL, a standby promoted without the last write',
    needs: ['own-postgres'],
    open: () =>
      withFailover(startPostgres, startPostgresStandby, promotePostgres, (port) => (member) => ({
        kind: 'postgres',
        url: `postgres://postgres@127.0.0.1:${port}/postgres`,
        driver: member % 2 === 0 ? 'pg' : 'postgres',
      })),
  },
]

const redisSettings =
  (url: string): Place['settings'] =>
  (member) => ({ kind: 'redis', url, driver: member % 2 === 0 ? 'redis' : 'ioredis' })

/** The members know one address. Behind it the copy takes over, which is a server of its own from `forgetFromHere` on. */
async function withFailover(
  start: () => Promise<RunningServer>,
  follow: (primary: RunningServer) => Promise<RunningServer>,
  promote: (copy: RunningServer, primary: RunningServer) => Promise<void>,
  settingsAt: (port: number) => Place['settings'],
): Promise<ForgetfulPlace> {
  let primary = await start()
  let copy: RunningServer | undefined
  const address = await movingAddress(primary.port)
  return {
    settings: settingsAt(address.port),
    async forgetFromHere() {
      copy = await follow(primary)
      await promote(copy, primary)
    },
    async lose() {
      if (copy === undefined) throw new Error('There is no copy to go on with.')
      const crashed = primary
      primary = copy
      copy = undefined
      address.moveTo(primary.port)
      await crashed[Symbol.asyncDispose]()
    },
    async [Symbol.asyncDispose]() {
      await address[Symbol.asyncDispose]()
      await primary[Symbol.asyncDispose]()
      await copy?.[Symbol.asyncDispose]()
    },
  }
}

/** One that is saved now and then, as Redis is by default. */
async function savedRedis(): Promise<ForgetfulPlace> {
  const server = await startRedis()
  return {
    settings: redisSettings(server.url),
    forgetFromHere: () => withRedis(server, async (client) => void (await client.save())),
    lose: () => server.restart(),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

function promoteRedis(copy: RunningServer): Promise<void> {
  return withRedis(copy, async (client) => void (await client.replicaof('NO', 'ONE')))
}

async function withRedis(server: RunningServer, use: (client: Redis) => Promise<void>): Promise<void> {
  const client = new Redis(server.url)
  try {
    await use(client)
  } finally {
    client.disconnect()
  }
}

async function promotePostgres(copy: RunningServer, primary: RunningServer): Promise<void> {
  const [from, to] = [primary, copy].map(({ url }) => new pg.Client({ connectionString: url }))
  try {
    await Promise.all([from?.connect(), to?.connect()])
    const written = (await from?.query('SELECT pg_current_wal_lsn() AS position'))?.rows[0]?.position
    const caughtUp = async (): Promise<boolean> =>
      (await to?.query('SELECT pg_last_wal_replay_lsn() >= $1 AS done', [written]))?.rows[0]?.done === true
    // Each question takes its time; the test's own time-out bounds it.
    while (!(await caughtUp()));
    await to?.query('SELECT pg_promote()')
  } finally {
    await Promise.all([from?.end(), to?.end()])
  }
}
