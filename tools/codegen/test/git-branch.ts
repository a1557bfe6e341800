import { execFileSync } from 'node:child_process'
import { runCommand } from '../src/index.ts'
import { type ProviderId, type TemporaryRepository, temporaryRepository } from './temporary-repository.ts'

/** A repository in git, and the branch that is worked on. */
interface Branch extends TemporaryRepository {
  git(...args: string[]): void
}

/** A repository in git with a released Bitize on main, and a branch that has just left it. */
export async function branch(version = '0.1.0'): Promise<Branch> {
  const temporary = await temporaryRepository()
  const git = (...args: string[]): void => {
    const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@chaveiro.example']
    execFileSync('git', [...identity, ...args], { cwd: temporary.root, stdio: 'ignore' })
  }
  await temporary.write('.changeset/README.md', '# Changesets\n')
  await temporary.write('packages/bitize/package.json', manifest(version))
  await temporary.write('packages/bitize/src/index.ts', 'export const one = 1\n')
  git('init', '--initial-branch=main')
  git('add', '.')
  git('commit', '--message=First')
  git('checkout', '-b', 'change')
  return { ...temporary, git }
}

/** The package of Bitize. */
export function manifest(version: string, description = 'A provider.'): string {
  return `{\n  "name": "@chaveiro/bitize",\n  "version": "${version}",\n  "description": "${description}"\n}\n`
}

/** What `spec-diff` prints, and its status. */
export async function specDiff({ root }: TemporaryRepository, ...args: string[]) {
  const out: string[] = []
  const err: string[] = []
  const print = (line: string) => out.push(line)
  const printError = (line: string) => err.push(line)
  return { status: await runCommand(['spec-diff', ...args], { root, print, printError }), out, err }
}

/** A released provider that does not exist, on main and on the branch that has just left it. */
export async function released(id: ProviderId): Promise<Branch> {
  const work = await branch()
  await work.add(id)
  await work.write(`packages/${id}/package.json`, manifest('0.1.0').replaceAll('bitize', id))
  work.git('add', '.')
  work.git('commit', '--message=Second')
  work.git('branch', '--force', 'main')
  return work
}
