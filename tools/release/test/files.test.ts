import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { basename, join, posix } from 'node:path'
import { describe, expect, it } from 'vitest'
import { publishedPackages } from '../../conventions/test/repository.ts'
import { WORKSPACE } from '../src/index.ts'
import { COMMANDS, LIBRARIES, PACKAGES } from './installed.ts'
import { reviewedFiles } from './shipped-files.ts'

const MODULE_FILES = ['.js', '.js.map', '.d.ts', '.d.ts.map']

it('every package was packed and installed', () => {
  expect(PACKAGES.map(({ name }) => folderOf(name)).sort()).toEqual(publishedPackages().map(({ folder }) => folder))
})

describe.each(LIBRARIES)('the files of $name', ({ name, folder, files }) => {
  const sources = sourcesOf(name)

  it('are its sources, what they were compiled to, and what was agreed on', () => {
    const compiled = sources.flatMap((source) =>
      MODULE_FILES.map((ending) => source.replace(/^src\//, 'dist/').replace(/\.ts$/, ending)),
    )
    // What an older build left behind is found too: remove packages/*/dist then, and build again.
    expect(files).toEqual([...sources, ...compiled, ...reviewedFiles(name)].sort())
  })

  it('have maps that point to files which are there', () => {
    const maps = files.filter((file) => file.endsWith('.map'))
    const targets = maps.flatMap((map) => {
      const { sources: pointed, sourceRoot = '' } = JSON.parse(readFileSync(join(folder, map), 'utf8'))
      return pointed.map((source: string) => posix.join(posix.dirname(map), sourceRoot, source))
    })
    expect(targets.length).toBeGreaterThan(0)
    expect(targets.filter((target) => !files.includes(target))).toEqual([])
    const compiled = files.filter((file) => /\.(js|d\.ts)$/.test(file))
    const unmapped = compiled.filter(
      (file) => !readFileSync(join(folder, file), 'utf8').includes(`sourceMappingURL=${basename(file)}.map`),
    )
    expect(unmapped).toEqual([])
  })
})

describe.each(COMMANDS)('the files of the command $name', ({ name, files }) => {
  it('are its sources, one bundle in parts, and what was agreed on', () => {
    const bundled = files.filter((file) => file.startsWith('dist/'))
    expect(bundled.filter((file) => !/^dist\/([\w.-]+\.js|LICENSES\.txt)$/.test(file))).toEqual([])
    expect(bundled).toContain('dist/main.js')
    const others = files.filter((file) => !bundled.includes(file))
    expect(others).toEqual([...sourcesOf(name), ...reviewedFiles(name)].sort())
  })
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

function tracked(folder: string): readonly string[] {
  return execFileSync('git', ['ls-files', folder], { cwd: WORKSPACE, encoding: 'utf8' }).trim().split('\n')
}

function sourcesOf(name: string): readonly string[] {
  return tracked(`packages/${folderOf(name)}/src`).map((file) => file.split('/').slice(2).join('/'))
}

function folderOf(name: string): string {
  return name === 'chaveiro' ? 'cli' : name.replace('@chaveiro/', '')
}
