import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { importEntries } from '../src/import-entries.ts'

const target = (name: string) => ({ '@chaveiro/source': `./src/${name}.ts`, default: `./dist/${name}.js` })
const manifest = {
  name: 'acme',
  version: '1.0.0',
  exports: { './large': target('large'), './small': target('small'), './package.json': './package.json' },
}

/** A package as it was bundled. */
async function bundled(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'chaveiro-entries-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  for (const [path, text] of Object.entries({ ...files, 'package.json': '{ "type": "module" }' })) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  return folder
}

const chunks = {
  'dist/chunks/common.js':
    "import { large } from './large.js'\nexport const common = 'c'\nexport const both = () => large\n",
  'dist/chunks/large.js': "import { common } from './common.js'\nexport const large = common + 'l'\n",
}

it('shared files that import each other in a circle are found by the entry that meets the wrong one first', async () => {
  const folder = await bundled({
    ...chunks,
    // Fine by itself, and it would hide the other one: `common` runs before `large`, which imports it.
    'dist/large.js': "export { large } from './chunks/large.js'\n",
    'dist/small.js': "export { common } from './chunks/common.js'\n",
  })
  await expect(importEntries(folder, manifest)).rejects.toThrow(
    "acme: dist/small.js can't be imported as it was bundled (Cannot access 'common' before initialization). " +
      'If its files import each other in a circle, one of them runs before what it needs is there.',
  )
})

it('an entry that throws is named, whatever it throws', async () => {
  const folder = await bundled({ 'dist/large.js': "throw new RangeError('no')\n", 'dist/small.js': 'await 1\n' })
  await expect(importEntries(folder, manifest)).rejects.toThrow(
    "acme: dist/large.js can't be imported as it was bundled (no).",
  )
})

it('entries that load pass, each in a world of its own; those for browsers are left to browsers', async () => {
  const folder = await bundled({
    'dist/large.js': "if (globalThis.met) throw new Error('another entry was here')\nglobalThis.met = true\n",
    'dist/small.js': "if (globalThis.met) throw new Error('another entry was here')\nglobalThis.met = true\n",
    'dist/browser.js': "throw new Error('not here')\n",
  })
  const both = { '@chaveiro/source': {}, browser: './dist/browser.js', default: './dist/large.js' }
  await importEntries(folder, { ...manifest, exports: { ...manifest.exports, './large': both } })
  expect(Reflect.get(globalThis, 'met')).toBeUndefined()
})
