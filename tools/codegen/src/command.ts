import { parseArgs } from 'node:util'
import { generateAll } from './generate-all.ts'
import { type Drift, findDrift, writeGenerated } from './generated-files.ts'
import { SpecError } from './lint/spec-error.ts'

export interface CommandIo {
  /** The root of the repository. */
  readonly root: string
  readonly print: (line: string) => void
  readonly printError: (line: string) => void
}

const USAGE = `Usage: pnpm generate [--check]

  Writes the generated files of every package from the specs.

  --check   writes nothing; fails when a file is missing, stale or extra`

/** Runs `generate [--check]` and gives the exit status: 0 done, 1 drift or a mistaken spec, 2 a mistaken command. */
export async function runCommand(args: readonly string[], io: CommandIo): Promise<number> {
  const options = readArgs(args)
  if (options === undefined) {
    io.printError(USAGE)
    return 2
  }
  try {
    return await generate(options.check, io)
  } catch (error) {
    if (!(error instanceof SpecError)) throw error
    io.printError(error.message)
    io.printError(`${count(error.problems.length, 'problem')}. Nothing was written.`)
    return 1
  }
}

function readArgs(args: readonly string[]): { readonly check: boolean } | undefined {
  try {
    const options = { check: { type: 'boolean', default: false } } as const
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    return positionals.length === 1 && positionals[0] === 'generate' ? { check: values.check } : undefined
  } catch {
    return undefined
  }
}

async function generate(check: boolean, { root, print, printError }: CommandIo): Promise<number> {
  const files = await generateAll({ root })
  const drift = await findDrift(root, files)
  const differing = drift.missing.length + drift.stale.length + drift.extra.length
  if (differing === 0) {
    print(`${count(files.size, 'generated file')} up to date.`)
    return 0
  }
  if (check) {
    describe(drift, ['missing', 'stale', 'extra']).forEach(printError)
    printError(`${count(differing, 'generated file')} differ from the specs. Run: pnpm generate`)
    return 1
  }
  await writeGenerated(root, files, drift)
  describe(drift, ['created', 'updated', 'deleted']).forEach(print)
  return 0
}

function describe({ missing, stale, extra }: Drift, words: readonly [string, string, string]): readonly string[] {
  return [missing, stale, extra].flatMap((paths, index) => paths.map((path) => `${words[index]}  ${path}`))
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
