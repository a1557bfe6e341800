import { accessSync, constants, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Something that tests run against: any server of a kind, or one of their own, which they may stop. */
export type Need = 'redis' | 'own-redis' | 'postgres' | 'own-postgres' | 'pgbouncer' | 'chromium'

const WAYS: Readonly<Record<Need, { program: string; debianPackage: string; variable?: string }>> = {
  redis: { program: 'redis-server', debianPackage: 'redis-server', variable: 'CHAVEIRO_TEST_REDIS_URL' },
  'own-redis': { program: 'redis-server', debianPackage: 'redis-server' },
  postgres: { program: 'initdb', debianPackage: 'postgresql', variable: 'CHAVEIRO_TEST_POSTGRES_URL' },
  'own-postgres': { program: 'initdb', debianPackage: 'postgresql' },
  pgbouncer: { program: 'pgbouncer', debianPackage: 'pgbouncer' },
  chromium: { program: 'chromium', debianPackage: 'chromium' },
}

/** What is missing and how to get it, one sentence each; empty if the tests can run. */
export function missing(needs: readonly Need[]): readonly string[] {
  return needs.flatMap((need) => {
    const { program, debianPackage, variable } = WAYS[need]
    if ((variable !== undefined && process.env[variable]) || findProgram(program) !== undefined) return []
    const otherwise = variable === undefined ? '' : `, or set ${variable} to the URL of one that may be written to`
    return [`${program} is missing: apt-get install ${debianPackage}${otherwise}.`]
  })
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
