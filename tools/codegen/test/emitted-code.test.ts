import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { repository } from './temporary-repository.ts'

const require = createRequire(import.meta.url)

const COMPILERS = [
  ['5.9', require.resolve('typescript/bin/tsc')],
  ['6.0', require.resolve('typescript6/bin/tsc')],
  ['7.0', join(repository, 'node_modules/typescript/bin/tsc')],
] as const

// As a user's strictest settings would be. Core's declarations are read, as a user's compiler does: the README's test
// command builds before it tests.
const SETTINGS = {
  extends: join(repository, 'tsconfig.base.json'),
  compilerOptions: {
    lib: ['es2023', 'esnext.disposable', 'dom', 'dom.iterable'],
    types: [],
    customConditions: [],
    noEmit: true,
    composite: false,
    declarationMap: false,
    sourceMap: false,
    isolatedDeclarations: true,
    skipLibCheck: true,
  },
  include: [
    join(repository, 'tools/codegen/test/golden'),
    join(repository, 'tools/codegen/test/types'),
    join(repository, 'packages/*/src/generated'),
  ],
}

function run(compiler: string, ...args: string[]): Promise<{ readonly status: unknown; readonly text: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [compiler, ...args], { cwd: repository }, (error, stdout, stderr) => {
      resolve({ status: error?.code ?? 0, text: `${stdout}${stderr}` })
    })
  })
}

describe('emitted code', () => {
  let folder = ''

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'chaveiro-compile-'))
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(SETTINGS))
  })

  afterAll(() => rm(folder, { recursive: true }))

  // Three compilers at once, on a machine that may be busy.
  const timeout = 120_000

  test.concurrent.each(COMPILERS)(
    'compiles under TypeScript %s, declarations isolated',
    { timeout },
    async (version, compiler) => {
      expect((await run(compiler, '--version')).text).toContain(`Version ${version}.`)

      const { status, text } = await run(compiler, '--project', folder, '--pretty', 'false')

      expect({ status, text }).toEqual({ status: 0, text: '' })
    },
  )
})
