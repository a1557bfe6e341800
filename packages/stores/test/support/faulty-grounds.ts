import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, renameSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { postgresStore } from '@chaveiro/stores/postgres'
import { redisStore } from '@chaveiro/stores/redis'
import type { RotatableStore } from '@chaveiro/stores/sealer'
import { type Need, type RunningServer, startPostgres, startRedis } from '@chaveiro/test-servers'
import { Redis } from 'ioredis'
import pg from 'pg'
import { onTestFinished } from 'vitest'
import { type FileSystem, systemFiles } from '../../src/file/file-system.ts'
import { openFileStore } from '../../src/file/open-file-store.ts'
import { testSealer } from './seal.ts'
import { temporaryDirectory } from './temporary-directory.ts'

/** What goes wrong with a place, for real. */
interface PlaceFault {
  readonly name: string
  /** Can records still be read? */
  readonly reads: boolean
  /** What the error has to say. */
  readonly sentence: RegExp
  begin(): void | Promise<void>
  end(): void | Promise<void>
}

/** A server, or none, that has room for any number of places. */
interface RunningGround extends AsyncDisposable {
  newPlace(): Promise<FaultyPlace>
}

/** A place of one test's own, and its faults. */
interface FaultyPlace {
  open(): RotatableStore
  readonly faults: Readonly<Record<string, PlaceFault>>
}

export interface FaultyGround {
  readonly name: string
  readonly needs: readonly Need[]
  readonly faults: readonly string[]
  readonly start: () => Promise<RunningGround>
}

const DOWN = 'is gone'
const FULL = 'is full'
const FORBIDDEN = 'does not permit it'

export const FAULTY_GROUNDS: readonly FaultyGround[] = [
  { name: 'the folder', needs: [], faults: [DOWN, FULL, FORBIDDEN], start: async () => withoutServer(folder) },
  { name: 'Redis', needs: ['own-redis'], faults: [DOWN, FULL, FORBIDDEN], start: async () => withoutServer(redis) },
  { name: 'PostgreSQL', needs: ['own-postgres'], faults: [DOWN, FULL, FORBIDDEN], start: postgres },
]

/** A ground whose places need no server, or start their own. */
function withoutServer(newPlace: () => Promise<FaultyPlace>): RunningGround {
  return { newPlace, async [Symbol.asyncDispose]() {} }
}

const isRoot = process.getuid?.() === 0
// A user that owns nothing.
const UNPRIVILEGED_USER = 65_534

async function folder(): Promise<FaultyPlace> {
  const disk = join(temporaryDirectory(), 'disk')
  mkdirSync(disk, { mode: 0o700 })
  const isSmall = mountedSmall(disk)
  let isFull = false
  const directory = join(disk, 'tokens')
  const away = join(disk, 'away')
  const filler = join(disk, 'filler')
  const down: PlaceFault = {
    name: DOWN,
    reads: false,
    sentence:
      /^(example, account ".*": )?The file store could not (read|write) the record: its folder is a file \(ENOTDIR\)\.$/,
    begin() {
      mkdirSync(directory, { recursive: true, mode: 0o700 })
      renameSync(directory, away)
      writeFileSync(directory, '')
    },
    end() {
      rmSync(directory)
      renameSync(away, directory)
    },
  }
  const full: PlaceFault = {
    name: FULL,
    reads: true,
    sentence: /^(example, account ".*": )?The file store could not write the record: the disk is full \(ENOSPC\)\.$/,
    begin() {
      isFull = true
      if (!isSmall) return
      const { bavail, bsize } = statfsSync(disk)
      writeFileSync(filler, Buffer.alloc(bavail * bsize))
    },
    end() {
      isFull = false
      rmSync(filler, { force: true })
    },
  }
  const forbidden: PlaceFault = {
    name: FORBIDDEN,
    reads: false,
    sentence:
      /^(example, account ".*": )?The file store could not (read|write) the record: this user may not use its folder \(EACCES\)\.$/,
    begin() {
      mkdirSync(directory, { recursive: true, mode: 0o700 })
      // Root bypasses permissions, so the process runs as another user for a while.
      if (isRoot) process.seteuid?.(UNPRIVILEGED_USER)
      else chmodSync(directory, 0)
    },
    end() {
      if (isRoot) process.seteuid?.(0)
      else chmodSync(directory, 0o700)
    },
  }
  // Where no disk of our own can be mounted, the system's answer is put in place of a full one's.
  const system: FileSystem = {
    ...systemFiles,
    async open(path, flags, mode) {
      if (isFull && !isSmall && flags === 'wx') throw Object.assign(new Error('no space left'), { code: 'ENOSPC' })
      return systemFiles.open(path, flags, mode)
    },
  }
  return {
    open: () => openFileStore(system, { directory, sealer: testSealer }),
    faults: byName(down, full, forbidden),
  }
}

/** Mounts a disk of 256 KiB, which takes root and the right to mount. `false`: it was not to be had. */
function mountedSmall(folder: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k,mode=700', 'tmpfs', folder], { stdio: 'pipe' })
  } catch {
    return false
  }
  onTestFinished(() => void execFileSync('umount', [folder]))
  return true
}

async function redis(): Promise<FaultyPlace> {
  const server = await startRedis('--appendonly', 'yes', '--appendfsync', 'always')
  onTestFinished(() => server[Symbol.asyncDispose]())
  const options = { enableOfflineQueue: false, maxRetriesPerRequest: 0, retryStrategy: () => 10 }
  const client = new Redis(server.url, options)
  client.on('error', () => {})
  onTestFinished(() => client.disconnect())
  const ready = (): Promise<void> => new Promise((resolve) => client.once('ready', () => resolve()))
  await ready()
  const write = /^(example, account ".*": )?Redis could not write the record: /.source
  return {
    open: () => redisStore({ client, sealer: testSealer }),
    faults: byName(
      {
        name: DOWN,
        reads: false,
        sentence: /^(example, account ".*": )?Redis could not (read|write) the record/,
        begin: () => server.kill(),
        async end() {
          const back = ready()
          await server.restart()
          await back
        },
      },
      {
        name: FULL,
        reads: true,
        sentence: new RegExp(`${write}its memory is full \\(OOM\\)\\.$`),
        begin: async () => void (await client.config('SET', 'maxmemory', '1')),
        end: async () => void (await client.config('SET', 'maxmemory', '0')),
      },
      {
        name: FORBIDDEN,
        reads: false,
        sentence:
          /^(example, account ".*": )?Redis could not (read|write) the record: this user may not run HMGET, EVALSHA and EVAL.*\(NOPERM\)\.$/,
        begin: async () => void (await client.acl('SETUSER', 'default', '-hmget', '-evalsha', '-eval')),
        end: async () => void (await client.acl('SETUSER', 'default', '+@all')),
      },
    ),
  }
}

/** One server, because to make the data of another takes longer than the tests do. */
async function postgres(): Promise<RunningGround> {
  const server = await startPostgres()
  let places = 0
  return {
    newPlace() {
      places += 1
      return postgresPlace(server, `place_${places}`)
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

/** `name`: of a schema, and of the user that the store is. */
async function postgresPlace(server: RunningServer, name: string): Promise<FaultyPlace> {
  const owner = new pg.Pool({ connectionString: server.url })
  owner.on('error', () => {})
  onTestFinished(() => owner.end())
  const table = `${name}.chaveiro_token`
  await postgresStore({ client: owner, schema: name }).migrate()
  await owner.query(`CREATE ROLE ${name} LOGIN; GRANT USAGE ON SCHEMA ${name} TO ${name};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ${table} TO ${name};
    CREATE FUNCTION ${name}.full_disk() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION USING ERRCODE = 'disk_full', MESSAGE = 'could not extend file'; END $$`)
  const url = new URL(server.url)
  url.username = name
  const client = new pg.Pool({ connectionString: url.href })
  client.on('error', () => {})
  onTestFinished(() => client.end())
  return {
    open: () => postgresStore({ client, sealer: testSealer, schema: name }),
    faults: byName(
      {
        name: DOWN,
        reads: false,
        sentence: /^(example, account ".*": )?PostgreSQL could not (read|write) the record/,
        begin: () => server.kill(),
        end: () => server.restart(),
      },
      {
        // PostgreSQL's own error of that code, raised by a trigger: a disk of its own would be a matter of its pages.
        name: FULL,
        reads: true,
        sentence: /^(example, account ".*": )?PostgreSQL could not write the record: its disk is full \(53100\)\.$/,
        begin: async () =>
          void (await owner.query(`CREATE TRIGGER full_disk BEFORE INSERT OR UPDATE ON ${table}
            FOR EACH ROW EXECUTE FUNCTION ${name}.full_disk()`)),
        end: async () => void (await owner.query(`DROP TRIGGER full_disk ON ${table}`)),
      },
      {
        name: FORBIDDEN,
        reads: false,
        sentence:
          /^(example, account ".*": )?PostgreSQL could not (read|write) the record: this user lacks the necessary rights \(42501\)\.$/,
        begin: async () => void (await owner.query(`REVOKE ALL ON ${table} FROM ${name}`)),
        end: async () => void (await owner.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ${table} TO ${name}`)),
      },
    ),
  }
}

function byName(...faults: readonly PlaceFault[]): Readonly<Record<string, PlaceFault>> {
  return Object.fromEntries(faults.map((fault) => [fault.name, fault]))
}
