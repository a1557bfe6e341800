import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import { bundlePackage } from '../src/bundle-package.ts'

const LIBRARY = {
  name: 'acme',
  version: '1.0.0',
  type: 'module',
  dependencies: { '@scope/given': '1.0.0' },
  exports: {
    '.': { '@chaveiro/source': './src/index.ts', types: './dist/index.d.ts', default: './dist/index.js' },
    './extra': { '@chaveiro/source': './src/extra/index.ts', default: './dist/extra/index.js' },
    './package.json': './package.json',
  },
}

/** A package in a folder of its own, with these files. */
async function packageOf(manifest: object, files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'chaveiro-bundle-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  for (const [path, text] of Object.entries({ ...files, 'package.json': JSON.stringify(manifest) })) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  return folder
}

async function built(folder: string): Promise<readonly string[]> {
  const found = await readdir(join(folder, 'dist'), { recursive: true, withFileTypes: true })
  return found
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort()
}

it('bundles each entry into one file, and what two entries need into one that they share', async () => {
  const folder = await packageOf(LIBRARY, {
    'src/index.ts': "export { Acme } from './acme.ts'\nexport { one } from './one.ts'\n",
    'src/extra/index.ts': "import { Acme } from '../acme.ts'\nexport const made: Acme = new Acme()\n",
    'src/acme.ts': 'export class Acme {}\n',
    'src/one.ts': 'export const one = 1\n',
  })
  await bundlePackage(folder)
  const files = await built(folder)
  expect(files.filter((file) => file.endsWith('.js'))).toEqual([
    'dist/chunks/common.js',
    'dist/extra/index.js',
    'dist/index.js',
  ])
  const { Acme } = await import(pathToFileURL(join(folder, 'dist/index.js')).href)
  const { made } = await import(pathToFileURL(join(folder, 'dist/extra/index.js')).href)
  expect(made).toBeInstanceOf(Acme)
})

it('loads, whatever imports whatever: what a small entry shares imports nothing of what only others share', async () => {
  const pad = (kilobytes: number): string => `export const pad${kilobytes} = '${'x'.repeat(kilobytes * 1024)}'\n`
  const entry = (name: string) => ({ default: `./dist/${name}/index.js`, '@chaveiro/source': `./src/${name}/index.ts` })
  const exports = { './a': entry('a'), './b': entry('b'), './light': entry('light') }
  const folder = await packageOf(
    { ...LIBRARY, exports },
    {
      'src/a/index.ts': "export { engine } from '../engine.ts'\nexport { word } from '../word.ts'\n",
      'src/b/index.ts': "import { engine } from '../engine.ts'\nexport const made = engine.name + '!'\n",
      'src/light/index.ts': "import { middling } from '../middling.ts'\nexport const light = middling + '.'\n",
      'src/engine.ts': `import { middling } from './middling.ts'\n${pad(100)}export const engine = { name: middling + 's' }\n`,
      'src/middling.ts': `import { word } from './word.ts'\n${pad(16)}export const middling = word + '-'\n`,
      'src/word.ts': "import { root } from './root.ts'\nexport const word = root + 'word'\n",
      'src/root.ts': `${pad(15)}export const root = 'root-'\n`,
    },
  )
  await bundlePackage(folder)
  const load = async (name: string): Promise<object> =>
    await import(pathToFileURL(join(folder, `dist/${name}/index.js`)).href)
  expect(await load('light')).toMatchObject({ light: 'root-word-.' })
  expect(await load('b')).toMatchObject({ made: 'root-word-s!' })
  expect(await load('a')).toMatchObject({ word: 'root-word' })
  expect((await built(folder)).filter((file) => /chunks\/.*js$/.test(file))).toEqual([
    'dist/chunks/common.js',
    'dist/chunks/large.js',
  ])
  expect(await readFile(join(folder, 'dist/light/index.js'), 'utf8')).not.toContain('large')
})

it('imports other packages, and carries nothing of them', async () => {
  const folder = await packageOf(LIBRARY, {
    'src/index.ts': "import { given } from '@scope/given/part'\nimport 'node:fs'\nexport const two = given * 2\n",
    'src/extra/index.ts': 'export {}\n',
    'node_modules/@scope/given/package.json': '{ "type": "module", "exports": { "./part": "./part.js" } }',
    'node_modules/@scope/given/part.js': 'export const given = 1\n',
  })
  await bundlePackage(folder)
  const code = await readFile(join(folder, 'dist/index.js'), 'utf8')
  expect(code).toContain('from "@scope/given/part"')
  expect(code).toContain('import "node:fs"')
})

it('fails on a package that no install of a user brings', async () => {
  const folder = await packageOf(
    { ...LIBRARY, devDependencies: { loose: '1.0.0' } },
    {
      'src/index.ts': "export { loose } from 'loose'\n",
      'src/extra/index.ts': 'export {}\n',
      'node_modules/loose/package.json': '{ "type": "module", "exports": "./index.js" }',
      'node_modules/loose/index.js': 'export const loose = 1\n',
    },
  )
  await expect(bundlePackage(folder)).rejects.toThrow(
    "acme imports loose, which package.json doesn't list for its users.",
  )
})

it('leaves an import of a module by itself in place, with the statement that uses it', async () => {
  const page = { browser: './src/browser.ts', default: './src/index.ts' }
  const exports = {
    '.': { '@chaveiro/source': page, browser: './dist/browser.js', default: './dist/index.js' },
  }
  const folder = await packageOf(
    { ...LIBRARY, exports },
    {
      'src/index.ts': 'export const one = 1\n',
      'src/browser.ts': "import { not_here } from './browser.ts'\nvoid not_here\nexport const one = 1\n",
    },
  )
  await bundlePackage(folder)
  const code = await readFile(join(folder, 'dist/browser.js'), 'utf8')
  expect(code).toContain('import { not_here } from "./browser.js"')
  expect(code).toContain('void not_here')
})

it('maps to the sources that are shipped, without a copy of them, and keeps licences', async () => {
  const folder = await packageOf(LIBRARY, {
    'src/index.ts': '/*! Licence of somewhere. */\nexport const one = 1\n',
    'src/extra/index.ts': 'export {}\n',
  })
  await bundlePackage(folder)
  const code = await readFile(join(folder, 'dist/index.js'), 'utf8')
  expect(code).toMatch(/\/\*! Licence of somewhere\. \*\//)
  expect(code).toMatch(/\n\/\/# sourceMappingURL=index\.js\.map$/)
  const map = JSON.parse(await readFile(join(folder, 'dist/index.js.map'), 'utf8'))
  expect(map).toMatchObject({ sources: ['../src/index.ts'] })
  expect(map.sourcesContent).toBeUndefined()
})

it('removes what an earlier build left, and keeps what the compiler emits for a source that is there', async () => {
  const folder = await packageOf(LIBRARY, {
    'src/index.ts': "import { one } from './new.ts'\nexport const two = one + 1\n",
    'src/extra/index.ts': "import { one } from '../new.ts'\nexport const three = one + 2\n",
    'src/new.ts': 'export const one = 1\n',
    'dist/.tsbuildinfo': '{}',
    'dist/index.d.ts': '',
    'dist/index.d.ts.map': '',
    'dist/gone/old.d.ts': '',
    'dist/gone/old.js': '',
    'dist/chunks/old.js': '',
    'dist/chunks/old.js.map': '',
  })
  await bundlePackage(folder)
  expect(await built(folder)).toEqual([
    'dist/.tsbuildinfo',
    'dist/chunks/common.js',
    'dist/chunks/common.js.map',
    'dist/extra/index.js',
    'dist/extra/index.js.map',
    'dist/index.d.ts',
    'dist/index.d.ts.map',
    'dist/index.js',
    'dist/index.js.map',
  ])
  expect(existsSync(join(folder, 'dist/gone'))).toBe(false)
})

/** Written as commander is. */
const CARRIED = `const process = require('node:process')
const { spawn } = require('node:child_process')
exports.carried = process.env.CARRIED + typeof spawn
`

it('puts into a command what no install brings, with its licence', async () => {
  const command = {
    name: 'acme',
    version: '1.2.3',
    type: 'module',
    bin: { acme: './dist/main.js' },
    dependencies: { given: '1.0.0' },
    devDependencies: { carried: '1.0.0' },
  }
  const folder = await packageOf(command, {
    'src/main.ts': [
      "import process from 'node:process'",
      "import { carried } from 'carried'",
      'declare const CHAVEIRO_VERSION: string',
      "const { given } = await import('given')",
      'process.stdout.write([CHAVEIRO_VERSION, carried, given].join())\n',
    ].join('\n'),
    'node_modules/given/package.json': '{ "type": "module", "exports": "./index.js" }',
    'node_modules/given/index.js': "export const given = 'given'\n",
    'node_modules/carried/package.json': '{ "exports": "./index.js" }',
    'node_modules/carried/index.js': CARRIED,
    'node_modules/carried/LICENSE.md': 'Free to carry.\n',
  })
  await bundlePackage(folder)
  const files = await built(folder)
  expect(files).toEqual([
    'dist/LICENSES.txt',
    'dist/chunks/rolldown-runtime.js',
    'dist/chunks/start.js',
    'dist/chunks/start.js.map',
    'dist/main.js',
    'dist/main.js.map',
  ])
  const { mode } = await stat(join(folder, 'dist/main.js'))
  expect(mode & 0o111).toBe(0o111)
  await rm(join(folder, 'node_modules/carried'), { recursive: true })
  const env = { CARRIED: 'inside a ' }
  const printed = execFileSync(process.execPath, [join(folder, 'dist/main.js')], { encoding: 'utf8', env })
  expect(printed).toBe('1.2.3,inside a function,given')
  // An import of it takes 10 ms.
  for (const file of files)
    expect(await readFile(join(folder, file), 'utf8')).not.toMatch(/from ?"node:(process|child_process)"/)
  const maps = await Promise.all(
    ['dist/chunks/start.js', 'dist/main.js'].map((file) => readFile(join(folder, `${file}.map`), 'utf8')),
  )
  const contents = maps.flatMap((text) => {
    const { sources, sourcesContent } = JSON.parse(text)
    return sources.map((source: string, at: number) => [source, sourcesContent[at]])
  })
  expect(contents).toContainEqual(['../src/main.ts', null])
  expect(contents).toContainEqual(['../../node_modules/carried/index.js', CARRIED])
  expect(await readFile(join(folder, 'dist/LICENSES.txt'), 'utf8')).toBe(
    'The files beside this one contain:\n\ncarried\n\nFree to carry.\n',
  )
})
