import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { providerIds } from '../../../tools/conventions/test/repository.ts'
import { run } from '../src/index.ts'
import { BUNDLERS, type Platform } from './bundling.ts'
import { holdsKeys, LIBRARIES, PROJECT } from './installed.ts'
import { needsNode } from './needs-node.ts'

// Webpack minifies all of it.
const MINUTES = 300_000

const clients = LIBRARIES.filter(holdsKeys)
const mainEntries = clients.map(({ name }) => name)

// All entries in one bundle: a bundler resolves each import by itself, and every bundle more costs seconds. Entries that need
// Node are bundled for Node only, and clients that hold keys for servers only.
const all = LIBRARIES.flatMap(({ entries }) => entries)
const forPages = all.filter((entry) => !needsNode(entry) && !mainEntries.includes(entry))
const cases = [
  { platform: 'node', entries: all },
  { platform: 'browser', entries: forPages },
] as const

it('every provider holds keys, and the client of any OAuth server, and nothing else does', () => {
  const holders = [...providerIds(), 'oauth'].sort()
  expect(mainEntries).toEqual(holders.map((id) => `@chaveiro/${id}`))
})

describe.each(cases)('for a $platform', ({ platform, entries }) => {
  it.each(['esbuild', 'vite', 'webpack'])(
    '%s bundles every entry',
    async (bundler) => {
      const program = await programOf(entries, `every-${platform}`)
      const names = await report(await bundled(bundler, program, platform, 'every'), 'names')
      expect(names).toEqual(await report(program, 'names'))
      expect(Object.keys(names)).toEqual(entries)
    },
    MINUTES,
  )
})

const WHY = /this_package_holds_(secret_keys|a_refresh_token)_and_runs_on_a_server_only/

// One of them under every bundler: which module a bundler takes depends on conditions, which all providers have alike
// (tools/conventions). That each one's module for pages refuses, the quickest bundler shows.
const refusals = [
  ...clients.map(({ name }) => ({ bundler: 'esbuild', name })),
  ...Object.keys(BUNDLERS)
    .filter((bundler) => bundler !== 'esbuild')
    .flatMap((bundler) => mainEntries.slice(0, 1).map((name) => ({ bundler, name }))),
]

it.each(refusals)('$bundler fails when a page bundles $name, and says why', async ({ bundler, name }) => {
  const program = await programOf([name], `refused-${name.replaceAll(/\W/g, '-')}`)
  await expect(bundled(bundler, program, 'browser', `refused-${name.replaceAll(/\W/g, '-')}`)).rejects.toThrow(WHY)
})

it.each(Object.keys(BUNDLERS))('%s bundles every provider for a Worker, and its client works', async (bundler) => {
  const program = await programOf(mainEntries, 'clients')
  const made = await report(await bundled(bundler, program, 'worker', 'clients'), 'outcomes')
  expect(Object.keys(made)).toEqual(mainEntries)
  for (const outcomes of Object.values(made)) {
    const ofClient = Object.entries(Object(outcomes)).filter(([name]) => /^create|Provider$/.test(name))
    // A client and a provider each, of one API or of several.
    expect(ofClient.length).toBeGreaterThan(0)
    expect(ofClient.length % 2).toBe(0)
    // Called without options, the client says what is missing; the module for pages would say where it belongs.
    for (const [, message] of ofClient) {
      expect(message).toMatch(/^TypeError: /)
      expect(message).not.toMatch(/on a server only/)
    }
  }
})

/** A program that says what the entries export, and what the functions of the providers among them do when they are called. */
async function programOf(entries: readonly string[], name: string): Promise<string> {
  const imports = entries.map((entry, at) => `import * as entry${at} from '${entry}'`)
  const named = entries.map((entry, at) => `${JSON.stringify(entry)}: Object.keys(entry${at}).sort()`)
  const called = entries.flatMap((entry, at) =>
    mainEntries.includes(entry) ? [`${JSON.stringify(entry)}: outcomesOf(entry${at})`] : [],
  )
  const folder = join(PROJECT, 'programs')
  await mkdir(folder, { recursive: true })
  const file = join(folder, `${name}.mjs`)
  await writeFile(
    file,
    `${imports.join('\n')}
export const names = { ${named.join(', ')} }
export const outcomes = { ${called.join(', ')} }
function outcomesOf(entry) {
  const outcomes = {}
  for (const [name, value] of Object.entries(entry)) {
    if (typeof value !== 'function') continue
    try { outcomes[name] = String(value({})) } catch (error) { outcomes[name] = String(error) }
  }
  return outcomes
}
`,
  )
  return file
}

async function bundled(bundler: string, program: string, platform: Platform, name: string): Promise<string> {
  const bundle = await BUNDLERS[bundler]?.(program, platform, `${bundler}-${platform}-${name}`)
  if (bundle === undefined) throw new Error(`There is no bundler ${bundler}.`)
  return bundle
}

/** Runs it in a process of its own, far from the project, where nothing but the bundle can be imported. */
async function report(bundle: string, what: 'names' | 'outcomes'): Promise<Readonly<Record<string, unknown>>> {
  const script = `import { ${what} } from ${JSON.stringify(bundle)}; console.log(JSON.stringify(${what}))`
  return JSON.parse(await run(process.execPath, ['--input-type=module', '--eval', script], { cwd: PROJECT }))
}
