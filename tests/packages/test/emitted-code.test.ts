import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { run, temporaryFolder, WORKSPACE } from '../src/index.ts'
import { COMPILERS, compile } from './compilers.ts'

// As a user's strictest settings would be. Core's declarations are read, as a user's compiler does.
const SETTINGS = {
  extends: join(WORKSPACE, 'tsconfig.base.json'),
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
    join(WORKSPACE, 'tools/codegen/test/golden'),
    join(WORKSPACE, 'tools/codegen/test/types'),
    join(WORKSPACE, 'packages/*/src/generated'),
  ],
}

// On a machine that may be busy.
const MINUTES = 300_000

it.each(COMPILERS)(
  'what the generator emits compiles under TypeScript %s, declarations isolated',
  async (version, compiler) => {
    await using temporary = await temporaryFolder('emitted')
    const folder = temporary.path
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(SETTINGS))
    expect(await run(process.execPath, [compiler, '--version'], { cwd: folder })).toContain(`${version}.`)
    expect(await compile(compiler, folder)).toBe('')
  },
  MINUTES,
)
