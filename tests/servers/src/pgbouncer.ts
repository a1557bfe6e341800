import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { program } from './needs.ts'
import { type RunningServer, startServer, temporaryFolder, unprivileged } from './running-server.ts'

/** A pgbouncer in transaction mode, with two connections to the server behind it. */
export function startPgbouncer(postgres: RunningServer): Promise<RunningServer> {
  const { prefix, owner } = unprivileged()
  const folder = temporaryFolder('pgbouncer', owner)
  const users = join(folder, 'users.txt')
  const settings = join(folder, 'pgbouncer.ini')
  writeFileSync(users, '"postgres" ""\n', { mode: 0o644 })
  return startServer(
    folder,
    (port) => `postgres://postgres@127.0.0.1:${port}/postgres`,
    (port) => {
      const lines = [
        '[databases]',
        `* = host=127.0.0.1 port=${postgres.port}`,
        '[pgbouncer]',
        'listen_addr = 127.0.0.1',
        `listen_port = ${port}`,
        'unix_socket_dir =',
        'auth_type = trust',
        `auth_file = ${users}`,
        'pool_mode = transaction',
        'default_pool_size = 2',
      ]
      writeFileSync(settings, `${lines.join('\n')}\n`, { mode: 0o644 })
      return { command: [...prefix, program('pgbouncer'), settings], ready: 'process up' }
    },
  )
}
