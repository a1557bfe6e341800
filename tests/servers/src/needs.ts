import { spawnSync } from 'node:child_process'
import { accessSync, constants, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/**
 * Something that tests run against: any server of a kind, or one of their own, which they may stop; a program; or mounts
 * of their own, for a disk that is full.
 */
export type Need =
  | 'redis'
  | 'own-redis'
  | 'postgres'
  | 'own-postgres'
  | 'pgbouncer'
  | 'chromium'
  | 'tmux'
  | 'fish'
  | 'zsh'
  | 'dbus'
  | 'gnome-keyring'
  | 'openssl'
  | 'faketime'
  | 'curl'
  | 'python3'
  | 'php'
  | 'ruby'
  | 'go'
  | 'docker-compose'
  | 'systemd-analyze'
  | 'prometheus'
  | 'own-mounts'

/** How to enter a mount namespace, where a process may mount what no other process sees. */
export const OWN_MOUNTS: readonly string[] = ['unshare', '--user', '--map-root-user', '--mount', '--']

const WAYS: Readonly<Record<Need, { program: string; debianPackage: string; variable?: string }>> = {
  redis: { program: 'redis-server', debianPackage: 'redis-server', variable: 'CHAVEIRO_TEST_REDIS_URL' },
  'own-redis': { program: 'redis-server', debianPackage: 'redis-server' },
  postgres: { program: 'initdb', debianPackage: 'postgresql', variable: 'CHAVEIRO_TEST_POSTGRES_URL' },
  'own-postgres': { program: 'initdb', debianPackage: 'postgresql' },
  pgbouncer: { program: 'pgbouncer', debianPackage: 'pgbouncer' },
  chromium: { program: 'chromium', debianPackage: 'chromium' },
  tmux: { program: 'tmux', debianPackage: 'tmux' },
  fish: { program: 'fish', debianPackage: 'fish' },
  zsh: { program: 'zsh', debianPackage: 'zsh' },
  dbus: { program: 'dbus-run-session', debianPackage: 'dbus' },
  'gnome-keyring': { program: 'gnome-keyring-daemon', debianPackage: 'gnome-keyring' },
  openssl: { program: 'openssl', debianPackage: 'openssl' },
  faketime: { program: 'faketime', debianPackage: 'faketime' },
  curl: { program: 'curl', debianPackage: 'curl' },
  python3: { program: 'python3', debianPackage: 'python3' },
  php: { program: 'php', debianPackage: 'php-cli' },
  ruby: { program: 'ruby', debianPackage: 'ruby' },
  go: { program: 'go', debianPackage: 'golang-go' },
  'docker-compose': { program: 'docker-compose', debianPackage: 'docker-compose' },
  'systemd-analyze': { program: 'systemd-analyze', debianPackage: 'systemd' },
  prometheus: { program: 'prometheus', debianPackage: 'prometheus' },
  'own-mounts': { program: 'unshare', debianPackage: 'util-linux' },
}

/** What is missing and how to get it, one sentence each; empty if the tests can run. */
export function missing(needs: readonly Need[]): readonly string[] {
  return needs.flatMap((need) => {
    if (need === 'own-mounts' && !mayMount()) return [MOUNTS_REFUSED]
    const { program, debianPackage, variable } = WAYS[need]
    if ((variable !== undefined && process.env[variable]) || findProgram(program) !== undefined) return []
    const otherwise = variable === undefined ? '' : `, or set ${variable} to the URL of one that may be written to`
    return [`${program} is missing: apt-get install ${debianPackage}${otherwise}.`]
  })
}

const MOUNTS_REFUSED =
  'This system refuses to make mount namespaces. Run: sysctl kernel.unprivileged_userns_clone=1, and on Ubuntu sysctl kernel.apparmor_restrict_unprivileged_userns=0.'

function mayMount(): boolean {
  const [command = '', ...args] = OWN_MOUNTS
  return spawnSync(command, [...args, 'true']).status === 0
}

/** Where a program is. Debian keeps those of PostgreSQL's servers, and what is for root, off the usual path. */
function findProgram(program: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', ...postgresFolders()]
  return folders.map((folder) => join(folder, program)).find(isExecutable)
}

/** A program that has to be there. */
export function program(name: string): string {
  const path = findProgram(name)
  if (path === undefined) throw new Error(`${name} was not found.`)
  return path
}

function postgresFolders(): readonly string[] {
  const root = '/usr/lib/postgresql'
  try {
    const newestFirst = readdirSync(root).sort((a, b) => Number(b) - Number(a))
    return newestFirst.map((version) => join(root, version, 'bin'))
  } catch {
    return []
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
