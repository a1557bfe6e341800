import { parseArgs } from 'node:util'
import type { CommandIo } from '../command-io.ts'
import { didYouMean } from '../spec/did-you-mean.ts'
import { changesetOf } from './changeset.ts'
import { unreplayedExamples, unusedDocuments } from './documents.ts'
import { untestedFacts } from './fact-tests.ts'
import { placeholders } from './placeholders.ts'
import { format, tests, types } from './programs.ts'
import { misplacedFiles, unregistered } from './provider-files.ts'
import { mistakenPrivacy } from './publication.ts'
import { examplePaths, missingRows } from './readme-rows.ts'
import { missingSimulatorRow, SIMULATOR_READMES } from './simulator-table.ts'
import { checkSpecAndCode } from './spec-and-code.ts'
import { untranslatedInputs } from './translations.ts'
import { type Tree, treeOf } from './tree.ts'
import { officialReadmes } from './unofficial.ts'

const PNPM = 'npx --yes pnpm@12.21.0'

const USAGE = `Usage: pnpm provider <id>

  Says what is still missing for one provider, and what to do about it. Nothing is changed.

  It looks at the spec and its sources, what is generated from them, placeholders, files and names, READMEs in both
  languages, the table of simulators, the changeset, the format, the types and the tests.

  The exit status is 0 if nothing is missing, 1 if something is, and 2 if the command is mistaken.`

/** What was looked at, and what was found. */
interface Found {
  readonly name: string
  readonly missing: readonly string[]
  /** What to do about it. */
  readonly advice: string
}

/** Runs `provider` and gives the exit status: 0 nothing is missing, 1 something is, 2 a mistaken command. */
export async function runProvider(args: readonly string[], io: CommandIo): Promise<number> {
  const request = readRequest(args, providersIn(io.root))
  if ('message' in request) {
    if (request.status === 0) io.print(request.message)
    else io.printError(request.message)
    return request.status
  }
  const { id } = request
  const found = await look(id, io)
  for (const one of found) io.print(describe(one))
  const left = found.filter(({ missing }) => missing.length > 0)
  io.print(
    left.length === 0
      ? `\nNothing is missing for ${id}. Run ${PNPM} test before you open a pull request.`
      : `\n${id} needs work on ${left.length} of ${found.length}: ${left.map(({ name }) => name).join(', ')}.`,
  )
  return left.length === 0 ? 0 : 1
}

type Request = { readonly id: string } | { readonly message: string; readonly status: number }

function readRequest(args: readonly string[], known: readonly string[]): Request {
  try {
    const options = { help: { type: 'boolean', short: 'h' } } as const
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    if (values.help) return { message: USAGE, status: 0 }
    const [id, ...others] = positionals
    if (id === undefined || others.length > 0) return { message: USAGE, status: 2 }
    if (known.includes(id)) return { id }
    const meant = didYouMean(id, known)
    const hint = meant.length > 0 ? ` Did you mean ${meant.join(' or ')}?` : ''
    return { message: `Unknown provider "${id}".${hint} Available: ${known.join(', ')}.`, status: 2 }
  } catch (error) {
    return { message: `${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`, status: 2 }
  }
}

/** A provider is what has a folder of facts. */
function providersIn(root: string): readonly string[] {
  const folders = treeOf(root, ['specs']).files.map((path) => path.split('/')[1] ?? '')
  return [...new Set(folders)].filter((name) => !name.startsWith('_'))
}

async function look(id: string, { root, run = async () => {} }: CommandIo): Promise<readonly Found[]> {
  const tree = filesAround(id, root)
  const subject = { id, root, tree, run }
  const [{ spec, code }, misformatted, mistyped, failed] = await Promise.all([
    checkSpecAndCode(id, root),
    format(subject),
    types(subject),
    tests(subject),
  ])
  const all = (...finders: readonly ((id: string, tree: Tree) => readonly string[])[]): readonly string[] =>
    finders.flatMap((find) => find(id, tree))
  return [
    {
      name: 'spec',
      missing: spec,
      advice: `Fix specs/${id}/openapi.yaml. ${PNPM} generate --watch checks it after every save.`,
    },
    { name: 'generated files', missing: code, advice: `Run ${PNPM} generate.` },
    {
      name: 'placeholders',
      missing: placeholders(ownFiles(id, tree)),
      advice: 'Replace each by the fact and where a document says it, or by `undocumented`. Never guess.',
    },
    {
      name: 'sources',
      missing: all(untestedFacts, unusedDocuments, unreplayedExamples),
      advice: 'See "SOURCES.md and examples" in docs/write-a-spec.md.',
    },
    {
      name: 'files',
      missing: all(misplacedFiles, unregistered),
      advice: 'packages/bitize has them all; new-provider writes them.',
    },
    {
      name: 'READMEs',
      missing: all(officialReadmes, missingRows, examplePaths),
      advice: `Both languages say the same: packages/${id}/README.md and README.pt-BR.md.`,
    },
    {
      name: 'table of simulators',
      missing: all(missingSimulatorRow),
      advice: 'Its rows say which requests a simulator answers.',
    },
    {
      name: 'Portuguese',
      missing: all(untranslatedInputs),
      advice: 'The command shows it when its language is Portuguese.',
    },
    { name: 'changeset', missing: all(changesetOf), advice: 'See "Changesets and commits" in CONTRIBUTING.md.' },
    {
      name: 'publication',
      missing: all(mistakenPrivacy),
      advice: `Then ${PNPM} generate names the package in the project's READMEs.`,
    },
    { name: 'format', missing: misformatted, advice: `Run ${PNPM} fix.` },
    { name: 'types', missing: mistyped, advice: `If the spec has changed, run ${PNPM} generate first.` },
    { name: 'tests', missing: failed, advice: `${PNPM} watch packages/${id} runs them after every save.` },
  ]
}

/** Whatever has something to say about a provider. */
function filesAround(id: string, root: string): Tree {
  return treeOf(root, [
    `specs/${id}`,
    `packages/${id}`,
    `packages/simulator/src/${id}`,
    'packages/simulator/src/index.ts',
    'packages/simulator/test',
    ...SIMULATOR_READMES,
    '.changeset',
    'tsconfig.test.json',
  ])
}

/** Without what other providers have in it too. */
function ownFiles(id: string, { files, read }: Tree): Tree {
  const folders = [`specs/${id}/`, `packages/${id}/`, `packages/simulator/src/${id}/`, `packages/simulator/test/${id}/`]
  const isGenerated = (path: string): boolean => /\/(?:src\/generated|etc)\//.test(path)
  return {
    files: files.filter((path) => folders.some((folder) => path.startsWith(folder)) && !isGenerated(path)),
    read,
  }
}

const SHOWN = 12

function describe({ name, missing, advice }: Found): string {
  if (missing.length === 0) return `✓ ${name}`
  const lines = missing.slice(0, SHOWN)
  const rest = missing.length > SHOWN ? [`… and ${missing.length - SHOWN} lines more`] : []
  return [`✗ ${name}`, ...[...lines, ...rest].map((line) => `    ${line}`.trimEnd()), `  → ${advice}`].join('\n')
}
