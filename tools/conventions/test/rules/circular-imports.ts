import { posix } from 'node:path'
import { importsOf, publishedPackages, type Repository, typescriptFiles } from '../repository.ts'

/**
 * No file of a package imports itself through others, not even for a type: a reader would have to know all of them to
 * understand one. A file that imports itself alone, as `browser.ts` does for bundlers to print a name, is not such a circle.
 */
export function noCircularImports(repository: Repository): readonly string[] {
  return publishedPackages(repository).flatMap(({ folder }) => {
    const files = typescriptFiles(`packages/${folder}/src`, repository)
    const imports = new Map(files.map((file) => [file, importedFiles(file, repository)]))
    return circlesIn(imports).map((circle) => `${circle} is a circular import.`)
  })
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
