import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { program } from './needs.ts'
import { type RunningServer, startServer, temporaryFolder } from './running-server.ts'
import { unprivileged } from './unprivileged.ts'

/** The PostgreSQL that CHAVEIRO_TEST_POSTGRES_URL names, else one of our own. */
export async function postgresForTests(): Promise<RunningServer> {
  const url = process.env['CHAVEIRO_TEST_POSTGRES_URL']
  if (!url) return startPostgres()
  return { url, port: Number(new URL(url).port || 5432), async kill() {}, async [Symbol.asyncDispose]() {} }
}

/** A PostgreSQL of our own, on this machine only, with a superuser who needs no password. */
export function startPostgres(...options: readonly string[]): Promise<RunningServer> {
  const { prefix, owner } = unprivileged()
  const folder = temporaryFolder('postgres', owner)
  const data = join(folder, 'data')
  const as = (name: string, ...args: readonly string[]): readonly string[] => [...prefix, program(name), ...args]
  const [file = '', ...args] = as(
    'initdb',
    `--pgdata=${data}`,
    '--username=postgres',
    '--auth=trust',
    '--no-sync',
    '--encoding=UTF8',
    '--locale=C.UTF-8',
  )
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
      ready: 'database system is ready to accept connections',
      // Its immediate shutdown. A kill would leave the memory that its processes share.
      endSignal: 'SIGQUIT',
    }),
  )
}
