import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { runCommand } from '../src/index.ts'
import { repository, type TemporaryRepository, temporaryRepository } from './temporary-repository.ts'

/** A repository with whatever a new provider is registered in. */
export async function emptyRepository(): Promise<TemporaryRepository> {
  const temporary = await temporaryRepository()
  await cp(join(repository, 'tools/codegen/templates'), join(temporary.root, 'tools/codegen/templates'), {
    recursive: true,
  })
  for (const readme of ['README.md', 'README.pt-BR.md']) {
    await temporary.write(`packages/simulator/${readme}`, '| simulator | answers |\n| --- | --- |\n')
  }
  await temporary.write('packages/simulator/package.json', '{ "name": "@chaveiro/simulator", "version": "0.0.0" }')
  await temporary.write('packages/simulator/src/index.ts', "export type { Json } from './json.ts'\n")
  await temporary.write('tsconfig.test.json', '{ "references": [{ "path": "packages/core" }] }\n')
  for (const readme of ['README.md', 'README.pt-BR.md']) {
    await temporary.write(readme, '# Ours\n\n<!-- providers:start -->\n<!-- providers:end -->\n')
  }
  return temporary
}

/** What a command has printed, the programs that it has started, and its exit status. */
export interface RunResult {
  readonly status: number
  readonly out: readonly string[]
  readonly err: readonly string[]
  readonly steps: readonly string[]
}

/** Runs a command on a repository. Programs are not started: those in `failing` fail, with what they print. */
export async function run(
  { root }: TemporaryRepository,
  args: readonly string[],
  failing: Readonly<Record<string, string>> = {},
): Promise<RunResult> {
  const out: string[] = []
  const err: string[] = []
  const steps: string[] = []
  const status = await runCommand([...args], {
    root,
    print: (line) => out.push(line),
    printError: (line) => err.push(line),
    run: async (_, program, rest) => {
      steps.push([program, ...rest].join(' '))
      const printed = failing[program]
      if (printed !== undefined) throw new Error(printed)
    },
  })
  return { status, out, err, steps }
}
