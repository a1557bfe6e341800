import { posix } from 'node:path'
import { importsOf, type Repository, typescriptFiles } from '../repository.ts'

const CORE = 'packages/core/src'

/**
 * docs/decisions/core-folders.md draws these arrows. A room may import what is listed here, what that may import, and the
 * files at the root. Nothing leads to `shared`, `old-tokens`, `consent` and `log`, so that a program that needs none of them loads none;
 * nothing leads to `testing` either. `index.ts` may reach what it exports.
 */
export const ROOMS: ReadonlyMap<string, readonly string[]> = new Map([
  ['index.ts', ['engine']],
  ['kit', ['engine', 'call', 'provider', 'http']],
  ['consent', ['engine', 'call', 'provider']],
  ['engine', ['policies', 'call', 'fetch']],
  ['call', ['provider', 'http']],
  ['fetch', ['retry', 'renewal.ts', 'http']],
  ['retry', ['http']],
  ['policies', ['renewal.ts']],
  ['provider', ['renewal.ts', 'http']],
  ['shared', ['renewal.ts']],
  ['old-tokens', ['renewal.ts']],
  ['log', []],
  ['renewal.ts', ['token']],
])

/** A room of the core imports only along the arrows, for types too; a file at the root imports no room. */
export function coreRooms(repository: Repository): readonly string[] {
  return typescriptFiles(CORE, repository)
    .filter((file) => roomOf(file) !== 'testing')
    .flatMap((file) => {
      const room = roomOf(file)
      const reachable = reachableFrom(room)
      return importsOf(file, repository)
        .filter((name) => name.startsWith('.'))
        .map((name) => roomOf(posix.join(posix.dirname(file), name)))
        .filter((target) => target !== ROOT && target !== room && !reachable.has(target))
        .map((target) => `${file} imports ${target}, which docs/decisions/core-folders.md does not let ${room} do.`)
    })
}

const ROOT = 'a file at the root'

/** The folder; the seam and the entry at the root count as rooms of their own. */
function roomOf(path: string): string {
  const [first = '', ...below] = path.slice(CORE.length + 1).split('/')
  return below.length > 0 || ROOMS.has(first) ? first : ROOT
}

function reachableFrom(room: string): ReadonlySet<string> {
  const found = new Set<string>()
  const rooms = [room]
  for (const one of rooms) {
    for (const next of ROOMS.get(one) ?? []) {
      if (!found.has(next)) rooms.push(next)
      found.add(next)
    }
  }
  return found
}
