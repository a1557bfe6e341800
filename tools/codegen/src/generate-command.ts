import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { stringifyYaml } from '@redocly/openapi-core'
import type { CommandIo } from './command-io.ts'
import { expandStandard } from './expand/expand-standard.ts'
import { generateAll } from './generate-all.ts'
import { type Drift, findDrift, writeGenerated } from './generated-files.ts'
import { locate, SpecError } from './spec/located-problem.ts'
import { jsonObjectOf, parseDocument } from './spec/parse-document.ts'
import { loadVocabulary } from './spec/vocabulary.ts'
import { watchSpecs } from './watch-specs.ts'

const USAGE = `Usage: pnpm generate [--check | --watch | --expanded <id>]

  Writes the generated files of every package, and the generated parts of the READMEs, from the specs.

  --check   writes nothing; fails when something is missing, stale or extra
  --watch   generates after every change of a spec; a mistake is shown, and what was generated last stays
  --expanded <id>   writes nothing; prints the spec of a provider with \`standard: oauth2\` written out`

/** Runs `generate` and gives the exit status: 0 done, 1 drift or a mistaken spec, 2 a mistaken command. */
export async function runGenerate(args: readonly string[], io: CommandIo): Promise<number> {
  const mode = readMode(args)
  if (typeof mode === 'object') return reported(io, () => printExpanded(mode.expanded, io), 'Nothing was printed.')
  switch (mode) {
    case 'write':
      return reported(io, () => write(io))
    case 'check':
      return reported(io, () => check(io))
    case 'watch':
      return watch(io)
    case undefined:
      io.printError(USAGE)
      return 2
  }
}

type Mode = 'write' | 'check' | 'watch' | { readonly expanded: string }

function readMode(args: readonly string[]): Mode | undefined {
  const options = {
    check: { type: 'boolean' },
    watch: { type: 'boolean' },
    expanded: { type: 'string' },
  } as const
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    const modes = [values.check, values.watch, values.expanded].filter((mode) => mode !== undefined)
    if (positionals.join(' ') !== 'generate' || modes.length > 1) return undefined
    if (values.expanded !== undefined) return { expanded: values.expanded }
    if (values.check) return 'check'
    return values.watch ? 'watch' : 'write'
  } catch {
    return undefined
  }
}

/** The spec as the rules and the emitters see it, to be read or to be edited further by hand. */
async function printExpanded(id: string, { root, print, printError }: CommandIo): Promise<number> {
  const file = `specs/${id}/openapi.yaml`
  const text = await readFile(join(root, file), 'utf8').catch(() => undefined)
  if (text === undefined) {
    printError(`There is no ${file}.`)
    return 1
  }
  const source = parseDocument(text, join(root, file), file)
  const { document, problems } = expandStandard(jsonObjectOf(source), await loadVocabulary(root))
  if (problems.length > 0) throw new SpecError(problems.map((problem) => locate(problem, file, source.source)))
  print(stringifyYaml(document, { lineWidth: 120, noRefs: true }).trimEnd())
  return 0
}

async function check({ root, print, printError }: CommandIo): Promise<number> {
  const { files, unplaced } = await generateAll({ root })
  const drift = await findDrift(root, files)
  const differing = drift.missing.length + drift.stale.length + drift.extra.length
  describe(drift, ['missing', 'stale', 'extra']).forEach(printError)
  unplaced.forEach(printError)
  if (differing > 0) printError(`${count(differing, 'file')} differ from the specs. Run: pnpm generate`)
  if (differing + unplaced.length > 0) return 1
  print(`${count(files.size, 'generated file')} up to date.`)
  return 0
}

/** Writes what is generated and tells what has changed. */
export async function write({ root, print, printError }: CommandIo): Promise<number> {
  const { files, unplaced } = await generateAll({ root })
  const drift = await findDrift(root, files)
  await writeGenerated(root, files, drift)
  const changes = describe(drift, ['created', 'updated', 'deleted'])
  if (changes.length > 0) changes.forEach(print)
  else print(`${count(files.size, 'generated file')} up to date.`)
  unplaced.forEach(printError)
  return unplaced.length > 0 ? 1 : 0
}

/** Only a whole success writes, so a mistake leaves the last good output where it is. */
async function watch(io: CommandIo): Promise<number> {
  io.print('Watching the specs. Ctrl+C ends this.')
  const run = async (): Promise<void> => {
    try {
      await reported(io, () => write(io))
    } catch (error) {
      // A file that was deleted while it was read, for example: the next change brings the next chance.
      io.printError(error instanceof Error ? error.message : String(error))
    }
  }
  await watchSpecs({ root: io.root, signal: io.signal ?? new AbortController().signal, run })
  return 0
}

/** Runs it, and shows the problems of a mistaken spec, with what became of the files at the end. */
export async function reported(
  { printError }: CommandIo,
  run: () => Promise<number>,
  ending = 'Nothing was written.',
): Promise<number> {
  try {
    return await run()
  } catch (error) {
    if (!(error instanceof SpecError)) throw error
    printError(error.message)
    printError(`${count(error.problems.length, 'problem')}. ${ending}`)
    return 1
  }
}

function describe({ missing, stale, extra }: Drift, words: readonly [string, string, string]): readonly string[] {
  return [missing, stale, extra].flatMap((paths, index) => paths.map((path) => `${words[index]}  ${path}`))
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
