import { isAbsolute, relative } from 'node:path'
import leven from 'leven'
import { HOLDERS, type Workspace } from './workspaces.ts'

/** What the arguments of `test` ask for. */
export type Chosen =
  | { readonly kind: 'everything' }
  | { readonly kind: 'folders'; readonly workspaces: readonly Workspace[] }
  /** Names of tests, names of files, or options: vitest understands them. */
  | { readonly kind: 'vitest' }
  | { readonly kind: 'mistake'; readonly message: string }

export interface Surroundings {
  readonly root: string
  readonly workspaces: readonly Workspace[]
  /** Whether a path from the root exists. */
  readonly exists: (path: string) => boolean
}

/** Folders of workspaces are checked and tested. Everything else is left to vitest, except a folder that doesn't exist. */
export function chooseRun(args: readonly string[], { root, workspaces, exists }: Surroundings): Chosen {
  if (args.length === 0) return { kind: 'everything' }
  if (args.some((arg) => arg.startsWith('-'))) return { kind: 'vitest' }
  const paths = args.map((arg) => fromRoot(arg, root))
  const named = workspaces.filter(({ folder }) => paths.includes(folder))
  const mistake = paths.find((path) => !exists(path) && looksLikeFolder(path, workspaces))
  if (mistake !== undefined) return { kind: 'mistake', message: correct(mistake, workspaces) }
  const allNamed = paths.every((path) => named.some(({ folder }) => folder === path))
  return allNamed ? { kind: 'folders', workspaces: named } : { kind: 'vitest' }
}

/** `./packages/core/` and `packages\core` are `packages/core`. */
function fromRoot(arg: string, root: string): string {
  const path = isAbsolute(arg) ? relative(root, arg) : arg
  return path
    .replaceAll('\\', '/')
    .replace(/^(\.\/)+/, '')
    .replace(/\/+$/, '')
}

/** `packages/acne` does, and `package/acme`, if there is one in `packages`. `test/log` doesn't: files may have it in their paths. */
function looksLikeFolder(path: string, workspaces: readonly Workspace[]): boolean {
  const [holder = '', name, ...deeper] = path.split('/')
  if (name === undefined || deeper.length > 0) return false
  return HOLDERS.includes(holder) || nearest(path, workspaces).some((folder) => folder.endsWith(`/${name}`))
}

function correct(path: string, workspaces: readonly Workspace[]): string {
  const near = nearest(path, workspaces)
  if (near.length > 0) return `There isn't a folder ${path}. Did you mean ${near.join(' or ')}?`
  const beside = workspaces.map(({ folder }) => folder).filter((folder) => folder.split('/')[0] === path.split('/')[0])
  return `There isn't a folder ${path}. Available: ${beside.join(', ')}.`
}

/** The folders whose paths differ least, by at most three letters. */
function nearest(path: string, workspaces: readonly Workspace[]): readonly string[] {
  const distances = workspaces.map(({ folder }) => ({ folder, distance: leven(path, folder) }))
  const least = Math.min(3, ...distances.map(({ distance }) => distance))
  return distances.filter(({ distance }) => distance === least).map(({ folder }) => folder)
}
