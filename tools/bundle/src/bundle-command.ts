import { basename, dirname, join, relative, sep } from 'node:path'
import { build, type CodeSplittingGroup, type Plugin } from 'rolldown'
import type { Entry } from './entries.ts'
import { installs, type Manifest, packageNameOf } from './manifest.ts'
import { inputOf, OUTPUT, writtenFiles } from './output.ts'

/** A bundle, and what is in it. */
export interface CommandBundle {
  /** The files that were written, from the package's folder. */
  readonly files: readonly string[]
  /** The absolute paths of the modules that are in it. */
  readonly modules: readonly string[]
}

/**
 * Puts what a command needs at its start, and no install brings, into one file, and what it loads later into others.
 * docs/command.md says why.
 */
export async function bundleCommand(
  folder: string,
  manifest: Manifest,
  entries: readonly Entry[],
): Promise<CommandBundle> {
  const { output } = await build({
    cwd: folder,
    input: inputOf(entries),
    platform: 'node',
    resolve: { conditionNames: ['@chaveiro/source', 'import', 'node', 'default'] },
    transform: { target: 'node20', define: { CHAVEIRO_VERSION: JSON.stringify(manifest.version) } },
    external: (id) => !/^[./\0]/.test(id) && installs(manifest, packageNameOf(id)),
    plugins: [globalProcess, lateChildProcess, withoutGraphql],
    preserveEntrySignatures: false,
    output: {
      ...OUTPUT,
      // 3 ms less at every start. The maps and the sources are shipped.
      minify: true,
      codeSplitting: { groups: fewFiles(folder, entries), includeDependenciesRecursively: false },
    },
  })
  const modules = output.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []))
  return { files: writtenFiles(output), modules }
}

/**
 * One file for the start, and one for each of our other packages. Without groups, the modules that some later imports
 * share would be a file for every set of imports that shares them: 42 for a token, in place of 8.
 */
function fewFiles(folder: string, entries: readonly Entry[]): CodeSplittingGroup[] {
  const entryFiles = entries.map((entry) => join(folder, entry.in))
  return [
    // Without the entry: it waits until the command has ended, and what is loaded later would wait for it.
    { name: 'start', tags: ['$initial'], test: (id) => !entryFiles.includes(id) },
    {
      debugName: 'packages',
      name: (id) => otherPackage(folder, id) ?? null,
      test: (id) => otherPackage(folder, id) !== undefined,
    },
  ]
}

/**
 * The file for a module of a package whose folder is next to this one. What core has for Node only has one of its own: it
 * loads undici, which takes more CPU time than all else that a token from the store needs.
 */
function otherPackage(folder: string, id: string): string | undefined {
  const [name, inside, room] = relative(dirname(folder), id).split(sep)
  if (inside !== 'src' || name === basename(folder)) return undefined
  return room === 'node' ? `${name}-node` : name
}

/** An import of `node:process` evaluates every property of `process`, which takes 10 ms. */
const globalProcess: Plugin = {
  name: 'global process',
  resolveId: (id) => (id === 'node:process' ? '\0process' : undefined),
  load: (id) => (id === '\0process' ? 'module.exports = globalThis.process' : undefined),
}

/** Commander requires `node:child_process`, for subcommands that are programs of their own. Loading it takes 3 ms. */
const lateChildProcess: Plugin = {
  name: 'late child process',
  resolveId: (id, _, { kind }) => (id === CHILD_PROCESS && kind === 'require-call' ? '\0child-process' : undefined),
  load: (id) =>
    id === '\0child-process'
      ? `exports.spawn = (...args) => process.getBuiltinModule('${CHILD_PROCESS}').spawn(...args)`
      : undefined,
}

const CHILD_PROCESS = 'node:child_process'

/** What checks specs can check GraphQL too, which takes a third of its size. The command reads no GraphQL. */
const withoutGraphql: Plugin = {
  name: 'without GraphQL',
  resolveId: (id) => (id === 'graphql' ? '\0graphql' : undefined),
  load: (id) => (id === '\0graphql' ? 'module.exports = new Proxy({}, { get: () => undefined })' : undefined),
}
