import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { run } from '../src/index.ts'
import { LIBRARIES, PACKAGES, PROJECT } from './installed.ts'

const entries = LIBRARIES.flatMap((library) => library.entries)

/** The names that an entry exports, as another process sees them: vitest would transform what it imports. */
async function namesBy(load: (entry: string) => string): Promise<Readonly<Record<string, readonly string[]>>> {
  const pairs = entries.map((entry) => `[${JSON.stringify(entry)}, Object.keys(${load(entry)}).sort()]`)
  const script = `
    import { createRequire } from 'node:module'
    const require = createRequire(import.meta.url)
    console.log(JSON.stringify(Object.fromEntries([${pairs.join(', ')}])))`
  const printed = await run(process.execPath, ['--input-type=module', '--eval', script], { cwd: PROJECT })
  return JSON.parse(printed)
}

describe('every entry', () => {
  it('can be imported, and exports something', async () => {
    const names = await namesBy((entry) => `await import('${entry}')`)
    expect(Object.keys(names)).toEqual(entries)
    expect(Object.entries(names).filter(([, exported]) => exported.length === 0)).toEqual([])
  })

  it('can be required, with the same names', async () => {
    const required = await namesBy((entry) => `require('${entry}')`)
    expect(required).toEqual(await namesBy((entry) => `await import('${entry}')`))
  })

  it('has only entries that resolve', () => {
    const { resolve } = createRequire(pathToFileURL(join(PROJECT, 'package.json')))
    const listed = PACKAGES.flatMap(({ name, manifest }) =>
      Object.keys(manifest.exports).map((entry) => `${name}${entry.slice(1)}`),
    )
    expect(listed.length).toBeGreaterThan(entries.length)
    expect(listed.filter((entry) => !resolve(entry).startsWith(PROJECT))).toEqual([])
  })
})

const commands = PACKAGES.flatMap(({ name, manifest }) =>
  Object.keys(manifest.bin ?? {}).map((command) => ({ name, command, version: manifest.version })),
)

it('there is the command line', () => {
  expect(commands.map(({ command }) => command)).toEqual(['chaveiro'])
})

describe.each(commands)('the command $command of $name', ({ command, version }) => {
  it('runs, and tells its version', async () => {
    expect(await run('npx', ['--no', '--', command, '--version'], { cwd: PROJECT })).toBe(`${version}\n`)
  })
})
