import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The folders of the workspaces, as in pnpm-workspace.yaml: each is one, or holds some. */
export const HOLDERS: readonly string[] = ['packages', 'tools', 'tests', 'bench', 'examples']

/** A folder with a manifest of its own. */
export interface Workspace {
  /** From the root: `packages/core`. */
  readonly folder: string
  /** As its manifest has it: `@chaveiro/core`. */
  readonly name: string
  /** Those of a suite take minutes, and have a command of their own. */
  readonly tests: 'ordinary' | 'suite' | 'none'
  /** Whether it has code that a spec gives. */
  readonly generated: boolean
}

/** The workspaces of the repository, by folder. */
export function findWorkspaces(root: string): readonly Workspace[] {
  return HOLDERS.flatMap((holder) => [holder, ...foldersIn(root, holder)])
    .filter((folder) => existsSync(join(root, folder, 'package.json')))
    .map((folder) => describeWorkspace(root, folder))
}

function foldersIn(root: string, holder: string): readonly string[] {
  if (!existsSync(join(root, holder))) return []
  return readdirSync(join(root, holder))
    .sort()
    .map((name) => `${holder}/${name}`)
}

function describeWorkspace(root: string, folder: string): Workspace {
  const has = (path: string): boolean => existsSync(join(root, folder, path))
  const { name }: { name: string } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
  return {
    folder,
    name,
    tests: has('vitest.config.ts') ? 'suite' : has('test') ? 'ordinary' : 'none',
    generated: has('src/generated'),
  }
}
