import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { providerIds } from '../../../tools/conventions/test/repository.ts'
import { type InstalledPackage, run } from '../src/index.ts'
import { BUNDLERS, type Platform } from './bundling.ts'
import { holdsKeys, LIBRARIES, PROJECT } from './installed.ts'
import { needsNode } from './needs-node.ts'

const cases = LIBRARIES.flatMap((library) =>
  (['node', 'browser'] as const).flatMap((platform) => {
    // Entries that need Node are bundled for Node only, and clients that hold keys for servers only.
    const entries = library.entries
      .filter((entry) => platform === 'node' || !needsNode(entry))
      .filter((entry) => platform !== 'browser' || !(holdsKeys(library) && entry === library.name))
    return entries.length > 0 ? [{ name: library.name, library, platform, entries }] : []
  }),
)

const clients = LIBRARIES.filter(holdsKeys)

it('every provider holds keys, and nothing else does', () => {
  expect(LIBRARIES.filter(holdsKeys).map(({ name }) => name)).toEqual(providerIds().map((id) => `@chaveiro/${id}`))
})

describe.each(['esbuild', 'vite', 'webpack'])('%s', (bundler) => {
  it.each(cases)('bundles $name for a $platform', async ({ library, platform, entries }) => {
    const bundle = await bundled(bundler, library, platform, entries)
    const names = await report(bundle, 'names')
    expect(names).toEqual(await report(await unbundled(library, entries), 'names'))
    expect(Object.keys(names)).toEqual(entries)
  })
})

describe.each(Object.keys(BUNDLERS))('%s', (bundler) => {
  it.each(clients)('fails when a page bundles $name, and says why', async (library) => {
    const build = bundled(bundler, library, 'browser', [library.name])
    await expect(build).rejects.toThrow(/this_package_holds_(secret_keys|a_refresh_token)_and_runs_on_a_server_only/)
  })

  it.each(clients)('bundles a $name for a Worker whose client works', async (library) => {
    const made = await report(await bundled(bundler, library, 'worker', [library.name]), 'outcomes')
    const outcomes = Object.entries(made).filter(([name]) => /^create|Provider$/.test(name))
    expect(outcomes).toHaveLength(2)
    // Called without options, the client says what is missing; the module for pages would say where it belongs.
    for (const [, message] of outcomes) {
      expect(message).toMatch(/^TypeError: /)
      expect(message).not.toMatch(/on a server only/)
    }
  })
})

/** Says what the entries export; and, when asked, what the functions of the main one do when they are called. */
function programOf(library: InstalledPackage, entries: readonly string[]): string {
  const imports = entries.map((entry, at) => `import * as entry${at} from '${entry}'`)
  const named = entries.map((entry, at) => `${JSON.stringify(entry)}: Object.keys(entry${at}).sort()`)
  const main = entries.indexOf(library.name)
  return `${imports.join('\n')}
export const names = { ${named.join(', ')} }
export const outcomes = {}
for (const [name, value] of Object.entries(${main < 0 ? '{}' : `entry${main}`})) {
  if (typeof value !== 'function') continue
  try { outcomes[name] = String(value({})) } catch (error) { outcomes[name] = String(error) }
}
`
}

async function unbundled(library: InstalledPackage, entries: readonly string[]): Promise<string> {
  const folder = join(PROJECT, 'programs')
  await mkdir(folder, { recursive: true })
  const file = join(folder, `${library.name.replaceAll(/\W/g, '-')}-${entries.length}.mjs`)
  await writeFile(file, programOf(library, entries))
  return file
}

async function bundled(
  bundler: string,
  library: InstalledPackage,
  platform: Platform,
  entries: readonly string[],
): Promise<string> {
  const program = await unbundled(library, entries)
  const name = `${bundler}-${platform}${library.name.replaceAll(/\W/g, '-')}`
  const bundle = await BUNDLERS[bundler]?.(program, platform, name)
  if (bundle === undefined) throw new Error(`There is no bundler ${bundler}.`)
  return bundle
}

/** Runs it in a process of its own, far from the project, where nothing but the bundle can be imported. */
async function report(bundle: string, what: 'names' | 'outcomes'): Promise<Readonly<Record<string, unknown>>> {
  const script = `import { ${what} } from ${JSON.stringify(bundle)}; console.log(JSON.stringify(${what}))`
  return JSON.parse(await run(process.execPath, ['--input-type=module', '--eval', script], { cwd: PROJECT }))
}
