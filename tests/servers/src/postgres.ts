import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { program } from './needs.ts'
import { foreignServer, type RunningServer, startServer, temporaryFolder, unprivileged } from './running-server.ts'

/** The PostgreSQL that CHAVEIRO_TEST_POSTGRES_URL names, else one of our own. */
export async function postgresForTests(): Promise<RunningServer> {
  const url = process.env['CHAVEIRO_TEST_POSTGRES_URL']
  if (!url) return startPostgres()
  return foreignServer(url, 5432)
}

/** A PostgreSQL of our own, on this machine only, with a superuser who needs no password. */
export function startPostgres(...options: readonly string[]): Promise<RunningServer> {
  return startOn(
    (data) => [
      'initdb',
      `--pgdata=${data}`,
      '--username=postgres',
      '--auth=trust',
      '--no-sync',
      '--encoding=UTF8',
      '--locale=C.UTF-8',
    ],
    'database system is ready to accept connections',
    options,
  )
}

/** A standby that follows a PostgreSQL of our own, and can be promoted. */
export function startPostgresStandby(primary: RunningServer): Promise<RunningServer> {
  return startOn(
    (data) => [
      'pg_basebackup',
      `--pgdata=${data}`,
      `--dbname=${primary.url}`,
      '--write-recovery-conf',
      '--checkpoint=fast',
      '--no-sync',
    ],
    'database system is ready to accept read-only connections',
  )
}

/** Starts a server on the data that a program makes. */
async function startOn(
  make: (data: string) => readonly [string, ...string[]],
  ready: string,
  options: readonly string[] = [],
): Promise<RunningServer> {
  const { prefix, owner } = unprivileged()
  const folder = temporaryFolder('postgres', owner)
  const data = join(folder, 'data')
  const as = (name: string, ...args: readonly string[]): readonly string[] => [...prefix, program(name), ...args]
  const [file = '', ...args] = as(...make(data))
  execFileSync(file, args, { stdio: 'pipe', cwd: folder })
  return startServer(
    folder,
    (port) => `postgres://postgres@127.0.0.1:${port}/postgres`,
    (port) => ({
      command: as(
        'postgres',
        `-D${data}`,
        `-p${port}`,
        `-k${folder}`,
        '--listen_addresses=127.0.0.1',
        '--fsync=off',
        ...options,
      ),
      ready,
      // Its immediate shutdown. A kill would leave the memory that its processes share.
      endSignal: 'SIGQUIT',
    }),
  )
}
