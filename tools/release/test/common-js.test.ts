import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { run } from '../src/index.ts'
import { COMPILERS, compile } from './compilers.ts'
import { LIBRARIES, PROJECT } from './installed.ts'

const entries = LIBRARIES.flatMap((library) => library.entries)

// As CommonJS is written in TypeScript: the compiler makes calls of `require` from it.
const IMPORTED = `${entries.map((entry, at) => `import * as entry${at} from '${entry}'`).join('\n')}
console.log(JSON.stringify([${entries.map((_, at) => `Object.keys(entry${at}).length > 0`).join(', ')}]))
`

// What is left under `node16`, whose rules are older than the `require` of ES modules.
const IMPORTED_LATE = `async function main(): Promise<void> {
  const loaded: object[] = [${entries.map((entry) => `await import('${entry}')`).join(', ')}]
  console.log(JSON.stringify(loaded.map((entry) => Object.keys(entry).length > 0)))
}
void main()
`

/** A CommonJS program in a project of its own, for a compiler that follows these rules. */
async function program(name: string, module: string, text: string): Promise<string> {
  const folder = join(PROJECT, 'commonjs', name)
  await mkdir(folder, { recursive: true })
  const compilerOptions = { module, target: 'es2023', lib: ['es2023'], types: ['node'], strict: true, outDir: 'built' }
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['main.cts'] }))
  await writeFile(join(folder, 'main.cts'), text)
  return folder
}

const runBuilt = async (folder: string): Promise<unknown> =>
  JSON.parse(await run(process.execPath, ['--no-warnings', 'built/main.cjs'], { cwd: folder }))

const everyEntry = entries.map(() => true)

describe.each(COMPILERS)('CommonJS that TypeScript %s compiles', (version, compiler) => {
  it.each(['nodenext', 'node20'])('loads every entry under %s', async (module) => {
    const folder = await program(`${version}-${module}`, module, IMPORTED)
    expect(await compile(compiler, folder)).toBe('')
    expect(await runBuilt(folder)).toEqual(everyEntry)
  })

  it('loads every entry under node16 by import(), because the compiler refuses anything else there', async () => {
    const refused = await program(`${version}-node16-refused`, 'node16', IMPORTED)
    await expect(compile(compiler, refused)).rejects.toThrow('TS1479')
    const late = await program(`${version}-node16`, 'node16', IMPORTED_LATE)
    expect(await compile(compiler, late)).toBe('')
    expect(await runBuilt(late)).toEqual(everyEntry)
  })
})
