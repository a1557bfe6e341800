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

/** CommonJS programs in a project of their own, for a compiler that follows these rules. */
async function project(name: string, module: string, files: Readonly<Record<string, string>>): Promise<string> {
  const folder = join(PROJECT, 'commonjs', name)
  await mkdir(folder, { recursive: true })
  // What the declarations lead to is checked by the tests of the types.
  const checks = { strict: true, skipLibCheck: true }
  const compilerOptions = { module, target: 'es2023', lib: ['es2023'], types: ['node'], outDir: 'built', ...checks }
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.cts'] }))
  for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text)
  return folder
}

const runBuilt = async (folder: string, file: string): Promise<unknown> =>
  JSON.parse(await run(process.execPath, ['--no-warnings', `built/${file}`], { cwd: folder }))

const everyEntry = entries.map(() => true)

describe.each(COMPILERS)('CommonJS that TypeScript %s compiles', (version, compiler) => {
  it.each(['nodenext', 'node20'])('loads every entry under %s', async (module) => {
    const folder = await project(`${version}-${module}`, module, { 'main.cts': IMPORTED })
    expect(await compile(compiler, folder)).toBe('')
    expect(await runBuilt(folder, 'main.cjs')).toEqual(everyEntry)
  })

  it('loads every entry under node16 by import(), because the compiler refuses anything else there', async () => {
    const folder = await project(`${version}-node16`, 'node16', { 'refused.cts': IMPORTED, 'late.cts': IMPORTED_LATE })
    const printed = await compile(compiler, folder).catch(String)
    expect(printed.match(/refused\.cts\(\d+,\d+\): error TS1479/g)).toHaveLength(entries.length)
    expect(printed).not.toContain('late.cts')
    expect(await runBuilt(folder, 'late.cjs')).toEqual(everyEntry)
  })
})
