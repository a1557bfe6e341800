import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { run } from '../src/index.ts'
import { COMPILERS, compile } from './compilers.ts'
import { LIBRARIES, PROJECT } from './installed.ts'
import { needsNode } from './needs-node.ts'

const RESOLUTIONS = {
  nodenext: { module: 'nodenext', moduleResolution: 'nodenext' },
  bundler: { module: 'preserve', moduleResolution: 'bundler' },
} as const

const SURROUNDINGS = {
  'with Node’s types, without those of the DOM': { lib: ['es2023'], types: ['node'] },
  'with the DOM’s types, without those of Node': { lib: ['es2023', 'dom'], types: [] },
} as const

const all = LIBRARIES.flatMap(({ entries }) => entries)
const portable = all.filter((entry) => !needsNode(entry))

const cases = COMPILERS.flatMap(([version, compiler]) =>
  Object.entries(RESOLUTIONS).flatMap(([resolution, modules]) =>
    Object.entries(SURROUNDINGS).map(([where, surroundings]) => ({
      version,
      compiler,
      resolution,
      where,
      compilerOptions: { ...modules, ...surroundings },
      entries: where.startsWith('with Node') ? all : portable,
    })),
  ),
)

describe.each(cases)('TypeScript $version, $resolution, $where', (one) => {
  it('accepts every entry, and everything that its types lead to', async () => {
    const folder = await program(one.entries, one.compilerOptions, 'accepted')
    expect(await run(process.execPath, [one.compiler, '--version'], { cwd: folder })).toContain(`${one.version}.`)
    expect(await compile(one.compiler, folder)).toBe('')
  })
})

describe.each(COMPILERS)('TypeScript %s', (_, compiler) => {
  it('still sees a mistake: the types are not `any`', async () => {
    const options = { ...RESOLUTIONS.nodenext, lib: ['es2023'], types: ['node'] }
    const folder = await program(all, options, 'refused')
    await writeFile(join(folder, 'mistake.ts'), MISTAKE)
    await expect(compile(compiler, folder)).rejects.toThrow(/mistake\.ts\(2,.*TS2322/)
  })
})

const MISTAKE = `import { isChaveiroError } from '@chaveiro/core'
export const answer: number = isChaveiroError(undefined)
`

let programs = 0

/** A program in the project that imports these entries, once as a module and once as CommonJS. */
async function program(entries: readonly string[], compilerOptions: object, name: string): Promise<string> {
  programs += 1
  const folder = join(PROJECT, 'types', `${name}-${programs}`)
  await mkdir(folder, { recursive: true })
  const settings = { strict: true, noEmit: true, skipLibCheck: false, target: 'es2023', ...compilerOptions }
  const modules = entries.map((entry, at) => `import * as entry${at} from '${entry}'`)
  const required = entries.map((entry, at) => `import entry${at} = require('${entry}')`)
  const used = `export const entries: readonly object[] = [${entries.map((_, at) => `entry${at}`).join(', ')}]`
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: settings, include: ['*'] }))
  await writeFile(join(folder, 'modules.ts'), [...modules, used, ''].join('\n'))
  await writeFile(join(folder, 'common.cts'), [...required, used, ''].join('\n'))
  return folder
}
