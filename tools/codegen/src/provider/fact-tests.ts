import type { Tree } from './tree.ts'

/**
 * Every numbered fact of a SOURCES.md names its tests in the last two columns, the simulator's and the client's, and their
 * titles have its number. If one side has nothing to do with a fact, a word says so. Gives what isn't so.
 */
export function untestedFacts(id: string, tree: Tree): readonly string[] {
  const sources = `specs/${id}/SOURCES.md`
  const rows = tree.files.includes(sources) ? factRows(tree.read(sources)) : []
  return rows.flatMap(({ fact, simulator, client }) => [
    ...missing(tree, { sources, fact, cell: simulator, folders: simulatorFolders(id) }),
    ...missing(tree, { sources, fact, cell: client, folders: [`packages/${id}/test/`] }),
  ])
}

interface FactRow {
  readonly fact: string
  readonly simulator: string
  readonly client: string
}

function factRows(sources: string): readonly FactRow[] {
  return [...sources.matchAll(/^\| `([A-Z]\d\d)` +\|(.*)\|$/gm)].map(([, fact = '', cells = '']) => {
    const [client = '', simulator = ''] = cells.split('|').reverse()
    return { fact, simulator: simulator.trim(), client: client.trim() }
  })
}

/** The simulator's first provider has its tests without a folder of its own. */
function simulatorFolders(id: string): readonly string[] {
  return [`packages/simulator/test/${id}/`, 'packages/simulator/test/']
}

interface Claim {
  readonly sources: string
  readonly fact: string
  readonly cell: string
  readonly folders: readonly string[]
}

function missing({ files, read }: Tree, { sources, fact, cell, folders }: Claim): readonly string[] {
  if (cell === '') return [`${sources}: ${fact} names no test below ${folders[0]}.`]
  return [...cell.matchAll(/`([^`]+\.test\.ts)`/g)].flatMap(([, test = '']) => {
    const path = folders.map((folder) => folder + test).find((candidate) => files.includes(candidate))
    if (path === undefined) return [`${sources}: ${fact} names ${test}, which is not below ${folders[0]}.`]
    return new RegExp(`[[(][^\\])\\n]*\\b${fact}\\b`).test(read(path))
      ? []
      : [`${path} has no test whose title has [${fact}] in it, as ${sources} says.`]
  })
}
