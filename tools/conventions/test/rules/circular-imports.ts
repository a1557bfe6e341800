import { posix } from 'node:path'
import { importsOf, type Repository } from '../repository.ts'

/**
 * No file of a package or a tool imports itself through others, not even for a type: a reader would have to know all of them to
 * understand one. A file that imports itself alone, as `browser.ts` does for bundlers to print a name, is not such a circle.
 */
export function noCircularImports(repository: Repository): readonly string[] {
  const imports = importsIn(/^(?:packages|tools|tests|bench)\/[^/]+\/src\//, repository)
  return circlesIn(imports).map((circle) => `${circle} is a circular import.`)
}

/**
 * No folder of a tool imports itself through others, so that each can be read after those that it builds on. The files beside
 * the folders are for all of them, or put them together. What the rooms of core and of the command may import is drawn.
 */
export function noCircularFolders(repository: Repository): readonly string[] {
  const folders = new Map<string, string[]>()
  for (const [file, imports] of importsIn(/^tools\/[^/]+\/src\//, repository)) {
    const from = folderOf(file)
    const to = imports.flatMap((target) => folderOf(target) ?? []).filter((folder) => folder !== from)
    if (from !== undefined) folders.set(from, [...(folders.get(from) ?? []), ...to])
  }
  return circlesIn(folders).map((circle) => `${circle}: the files in these folders import each other.`)
}

/** The folder directly below `src` that a file is in. */
function folderOf(file: string): string | undefined {
  return /^tools\/[^/]+\/src\/[^/]+(?=\/)/.exec(file)?.[0]
}

function importsIn(place: RegExp, repository: Repository): ReadonlyMap<string, readonly string[]> {
  const files = repository.files.filter((path) => path.endsWith('.ts') && place.test(path))
  return new Map(files.map((file) => [file, importedFiles(file, repository)]))
}

/** The shortest circle through each node, each of them once, from its first node on: `a → b`, where b leads back to a. */
export function circlesIn(graph: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const circles = [...graph.keys()].sort().flatMap((start) => {
    const circle = shortestCircle(start, graph)
    return circle ? [fromItsFirst(circle).join(' → ')] : []
  })
  return [...new Set(circles)]
}

/** Breadth first, so that the way that gets back first is the shortest. */
function shortestCircle(start: string, graph: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const seen = new Set<string>()
  const ways = [[start]]
  for (const way of ways) {
    for (const next of graph.get(way.at(-1) ?? start) ?? []) {
      if (next === start && way.length > 1) return way
      if (next === start || seen.has(next)) continue
      seen.add(next)
      ways.push([...way, next])
    }
  }
  return undefined
}

function fromItsFirst(circle: readonly string[]): readonly string[] {
  const first = circle.indexOf([...circle].sort()[0] ?? '')
  return [...circle.slice(first), ...circle.slice(0, first)]
}

function importedFiles(file: string, repository: Repository): readonly string[] {
  return importsOf(file, repository)
    .filter((name) => name.startsWith('.'))
    .map((name) => posix.join(posix.dirname(file), name))
}
