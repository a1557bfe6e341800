import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { basename, join, posix } from 'node:path'
import { describe, expect, it } from 'vitest'
import { publishedPackages } from '../../../tools/conventions/test/repository.ts'
import { type InstalledPackage, run, WORKSPACE } from '../src/index.ts'
import { entryFiles, holdsCode, importedFiles } from './bundled-files.ts'
import { COMMANDS, LIBRARIES, PACKAGES, PROJECT } from './installed.ts'
import { REVIEWED_FILES } from './shipped-files.ts'

// Every file more costs each process that imports the entry about half a millisecond.
const SHARED_AT_MOST = 2

it('every package was packed and installed', () => {
  expect(PACKAGES.map(({ name }) => folderOf(name)).sort()).toEqual(publishedPackages().map(({ folder }) => folder))
})

describe.each(LIBRARIES)('the files of $name', (library) => {
  const { name, folder, files } = library
  const bundles = bundlesOf(library)

  it('are its sources, their declarations, its entries in few files, and what was agreed on', () => {
    const sources = sourcesOf(name)
    const declarations = sources
      .filter(isDeclared)
      .flatMap((source) =>
        ['.d.ts', '.d.ts.map'].map((ending) => source.replace(/^src\//, 'dist/').replace(/\.ts$/, ending)),
      )
    const maps = bundles.filter((file) => holdsCode(textOf(folder, file))).map((file) => `${file}.map`)
    expect(files).toEqual([...sources, ...declarations, ...bundles, ...maps, ...REVIEWED_FILES].sort())
  })

  it.each(entryFiles(library))('%s is one file, and few that it shares', (entry) => {
    const shared = importedFiles(library, entry).filter((file) => file !== entry)
    expect(shared.filter((file) => file.startsWith('dist/chunks/')).length).toBeLessThanOrEqual(SHARED_AT_MOST)
    // An entry may import another one.
    const others = entryFiles(library)
    expect(shared.filter((file) => !file.startsWith('dist/chunks/') && !others.includes(file))).toEqual([])
  })

  it('have maps that point to files which are there', () => {
    const maps = files.filter((file) => file.endsWith('.map'))
    const targets = maps.flatMap((map) => {
      const { sources: pointed, sourceRoot = '' } = JSON.parse(textOf(folder, map))
      return pointed.map((source: string) => posix.join(posix.dirname(map), sourceRoot, source))
    })
    expect(targets.length).toBeGreaterThan(0)
    expect(targets.filter((target) => !files.includes(target))).toEqual([])
    const mapped = files.filter((file) => file.endsWith('.d.ts') || files.includes(`${file}.map`))
    const silent = mapped.filter((file) => !textOf(folder, file).includes(`sourceMappingURL=${basename(file)}.map`))
    expect(silent).toEqual([])
  })
})

describe.each(COMMANDS)('the files of the command $name', (command) => {
  const { name, folder, files } = command
  const bundles = bundlesOf(command)
  const maps = bundles.map((file) => `${file}.map`).filter((file) => files.includes(file))

  it('are its sources, one bundle in parts, and what was agreed on', () => {
    const expected = [...sourcesOf(name), ...bundles, ...maps, 'dist/LICENSES.txt', ...REVIEWED_FILES]
    expect(files).toEqual(expected.sort())
  })

  it('have maps that point to files which are there, or hold their text', () => {
    const missing = maps.flatMap((map) => {
      const { sources, sourcesContent } = JSON.parse(textOf(folder, map))
      return sources.filter(
        (source: string, at: number) =>
          sourcesContent[at] === null && !files.includes(posix.join(posix.dirname(map), source)),
      )
    })
    expect(maps).toContain('dist/main.js.map')
    expect(missing).toEqual([])
  })
})

it('the stack of an error names the line of a source', async () => {
  const script = "import { createTokenManager } from '@chaveiro/core'; createTokenManager({})"
  const flags = ['--enable-source-maps', '--input-type=module', '--eval', script]
  const failure = await run(process.execPath, flags, { cwd: PROJECT }).catch(String)
  expect(failure).toMatch(/@chaveiro\/core\/src\/[\w/-]+\.ts:\d+:\d+/)
})

describe.each(PACKAGES)('the files of $name', ({ folder, files }) => {
  it('name no source condition, and no version that only the workspace knows', () => {
    const manifest = readFileSync(join(folder, 'package.json'), 'utf8')
    expect(manifest).not.toMatch(/@chaveiro\/source|workspace:|catalog:|file:|link:/)
  })

  it('hold no path of the machine that built them', () => {
    const telling = files.filter((file) => readFileSync(join(folder, file), 'utf8').includes(WORKSPACE))
    expect(telling).toEqual([])
  })
})

function bundlesOf(library: InstalledPackage): readonly string[] {
  return [...new Set(entryFiles(library).flatMap((entry) => importedFiles(library, entry)))]
}

function textOf(folder: string, file: string): string {
  return readFileSync(join(folder, file), 'utf8')
}

function tracked(folder: string): readonly string[] {
  return execFileSync('git', ['ls-files', folder], { cwd: WORKSPACE, encoding: 'utf8' }).trim().split('\n')
}

function sourcesOf(name: string): readonly string[] {
  return tracked(`packages/${folderOf(name)}/src`).map((file) => file.split('/').slice(2).join('/'))
}

/** What users can import has declarations; the code of the simulator's page is in a generated file, as a text. */
function isDeclared(source: string): boolean {
  return source.endsWith('.ts') && !source.startsWith('src/page/')
}

function folderOf(name: string): string {
  return name === 'chaveiro' ? 'cli' : name.replace('@chaveiro/', '')
}
