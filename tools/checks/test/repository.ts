import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { onTestFinished, vi } from 'vitest'
import { runCommand } from '../src/command.ts'

const CLOSING_LINE = 'node_modules/.cache/chaveiro/closing-line.txt'

/** Lines of shell that end a test run as scripts/closing-line.ts does. */
export const closing = (line: string): string => `mkdir -p ${dirname(CLOSING_LINE)}; echo '${line}' > ${CLOSING_LINE}`

const FILES = {
  'packages/acme/package.json': '{ "name": "@chaveiro/acme" }',
  'packages/acme/test/acme.test.ts': '',
  'tests/many/package.json': '{ "name": "@chaveiro/many" }',
  'tests/many/vitest.config.ts': '',
  'turbo.json': '{ "tasks": { "check": { "dependsOn": ["//#lint", "//#typecheck"] } } }',
}

const PROGRAMS = {
  turbo: '',
  biome: '',
  oxlint: '',
  knip: '',
  tsc: '',
  node: '',
  vitest: closing('7 passed, 0 failed'),
}

/** A small repository, in which the programs of the checks run these lines of shell. */
export function temporaryRepository(programs: Readonly<Record<string, string>> = {}) {
  const root = mkdtempSync(join(tmpdir(), 'chaveiro-checks-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  for (const [path, text] of Object.entries(FILES)) write(path, text)
  for (const [name, lines] of Object.entries({ ...PROGRAMS, ...programs })) {
    write(`bin/${name}`, `#!/bin/sh\necho "${name} $*" >> ran\n${lines}\n`)
    chmodSync(join(root, 'bin', name), 0o755)
  }
  vi.stubEnv('PATH', [join(root, 'bin'), process.env['PATH']].join(delimiter))
  return {
    /** Runs `test` with these arguments. */
    test: async (...args: readonly string[]) => {
      const printed: string[] = []
      const print = (text: string): void => void printed.push(text)
      const status = await runCommand(args, { root, print, printError: print })
      return { status, printed: printed.join('\n') }
    },
    /** The programs that ran, with their arguments. */
    ran: (): string => readFileSync(join(root, 'ran'), 'utf8'),
  }
}
