import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { runCommand } from '../src/command.ts'

// A compiler is loaded, on whatever machine this is.
const PATIENCE_MS = 120_000
const REPORT = 'packages/acme/etc/acme.extra.api.md'
const manifest = {
  name: '@chaveiro/acme',
  version: '0.0.0',
  exports: {
    '.': { types: './dist/index.d.ts', default: './dist/index.js' },
    './extra': { types: './dist/extra.d.ts', default: './dist/extra.js' },
    './package.json': './package.json',
  },
}

/** A built package with two entries. */
async function builtPackage(): Promise<{ root: string; write: (path: string, text: string) => Promise<void> }> {
  const root = await mkdtemp(join(tmpdir(), 'chaveiro-reference-'))
  onTestFinished(() => rm(root, { recursive: true }))
  const write = async (path: string, text: string): Promise<void> => {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), text)
  }
  await write('packages/acme/package.json', JSON.stringify(manifest))
  await write('packages/acme/dist/index.d.ts', 'export declare function createAcme(url: URL): number;\n')
  await write('packages/acme/dist/extra.d.ts', 'export interface Extra { readonly a: string; }\n')
  return { root, write }
}

async function run(root: string, ...args: string[]) {
  const out: string[] = []
  const err: string[] = []
  const status = await runCommand(args, {
    root,
    print: (line) => out.push(line),
    printError: (line) => err.push(line),
  })
  return { status, out, err }
}

test(
  'a report shows what an entry exports, with signatures, and is written once',
  async () => {
    const { root } = await builtPackage()
    expect((await run(root, 'surface')).out).toEqual(['written  packages/acme/etc/acme.api.md', `written  ${REPORT}`])
    expect(await readFile(join(root, 'packages/acme/etc/acme.api.md'), 'utf8')).toContain(
      'export function createAcme(url: URL): number;',
    )
    expect((await run(root, 'surface')).out).toEqual(['2 reports up to date.'])
    expect((await run(root, 'surface', '--check')).status).toBe(0)
  },
  PATIENCE_MS,
)

test(
  '--check fails when a type has changed or an entry is gone, and names the command',
  async () => {
    const { root, write } = await builtPackage()
    await run(root, 'surface')
    await write('packages/acme/dist/extra.d.ts', 'export interface Extra { readonly a: number; }\n')
    await write('packages/acme/etc/acme.gone.api.md', '')

    const { status, err } = await run(root, 'surface', '--check')

    expect(status).toBe(1)
    expect(err.slice(0, 2)).toEqual([`stale  ${REPORT}`, 'extra  packages/acme/etc/acme.gone.api.md'])
    expect(err.join(' ')).toContain('npx --yes pnpm@12.21.0 surface')
    expect((await run(root, 'surface')).out).toEqual([
      `written  ${REPORT}`,
      'deleted  packages/acme/etc/acme.gone.api.md',
    ])
  },
  PATIENCE_MS,
)

test(
  'only the named folders are looked at, and written',
  async () => {
    const { root, write } = await builtPackage()
    await write('packages/other/etc/other.gone.api.md', '')
    expect((await run(root, 'surface', '--check', 'packages/acme')).err).toContain(`stale  ${REPORT}`)
    expect(await run(root, 'surface', '--check', 'packages/other')).toMatchObject({
      status: 1,
      err: ['extra  packages/other/etc/other.gone.api.md', expect.anything(), expect.anything()],
    })
    expect((await run(root, 'surface', 'packages/other')).out).toEqual([
      'deleted  packages/other/etc/other.gone.api.md',
    ])
    expect(await run(root, 'surface', '--check', 'packages/other')).toMatchObject({ status: 0, err: [] })
  },
  PATIENCE_MS,
)

test('an entry that is not built is named', async () => {
  const { root } = await builtPackage()
  await rm(join(root, 'packages/acme/dist/extra.d.ts'))
  await expect(run(root, 'surface')).rejects.toThrow('packages/acme/dist/extra.d.ts')
})

test('a mistaken command is answered with the usage', async () => {
  const { status, err } = await run('/nowhere', 'surfaces')
  expect(status).toBe(2)
  expect(err.join('\n')).toContain('Usage: pnpm surface [--check] [folder...]')
})
