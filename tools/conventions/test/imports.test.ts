import { describe, expect, it } from 'vitest'
import { importsOf, providerIds, publishedPackages, read, typescriptFiles } from './repository.ts'

// The arrows of docs/architecture.md. A package may import itself, what stands here, and nothing else of ours.
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  core: [],
  stores: ['core'],
  simulator: [],
  cli: ['core', 'stores', 'simulator', ...providerIds()],
  ...Object.fromEntries(providerIds().map((id) => [id, ['core']])),
}

const NODE_ONLY = ['cli']
// A file, or all of a folder.
const NODE_FILES = ['packages/simulator/src/server.ts', 'packages/stores/src/file/']

describe.each(publishedPackages())('packages/$folder', ({ folder, manifest }) => {
  const files = typescriptFiles(`packages/${folder}/src`)

  it('imports only the packages that the architecture allows', () => {
    const allowed = ALLOWED[folder]?.map((name) => (name === 'cli' ? 'chaveiro' : `@chaveiro/${name}`)) ?? []
    const ours = files.flatMap((file) => importsOf(file).filter((name) => name.startsWith('@chaveiro/')))
    const packages = new Set(ours.map((name) => name.split('/').slice(0, 2).join('/')))
    expect([...packages].filter((name) => !allowed.includes(name))).toEqual([])
  })

  it('declares what it imports, and imports what it declares', () => {
    const foreign = files.flatMap((file) => importsOf(file).filter((name) => !/^[.#]|^node:/.test(name)))
    const used = new Set(
      foreign.map((name) =>
        name
          .split('/')
          .slice(0, name.startsWith('@') ? 2 : 1)
          .join('/'),
      ),
    )
    expect([...used].sort()).toEqual(Object.keys(manifest.dependencies ?? {}).sort())
  })

  it('runs on every platform, except where it says otherwise', () => {
    const nodeFiles = files.filter((file) => importsOf(file).some((name) => name.startsWith('node:')))
    const elsewhere = nodeFiles.filter(
      (file) => !NODE_ONLY.includes(folder) && !NODE_FILES.some((path) => file.startsWith(path)),
    )
    expect(elsewhere).toEqual([])
  })
})

it('core names no provider', () => {
  const named = typescriptFiles('packages/core/src').flatMap((file) =>
    providerIds()
      // An example in a docstring may show one.
      .filter((id) => new RegExp(`\\b${id}\\b`, 'i').test(withoutComments(read(file))))
      .map((id) => `${file}: ${id}`),
  )
  expect(named).toEqual([])
})

it('nothing imports the tools, except tests, which may start servers', () => {
  const files = [...typescriptFiles('packages'), ...typescriptFiles('examples')]
  const importers = files.filter((file) =>
    importsOf(file)
      .filter((name) => !(name === '@chaveiro/test-servers' && file.includes('/test/')))
      .some((name) => /@chaveiro\/(codegen|conventions|bench|test-servers)/.test(name)),
  )
  expect(importers).toEqual([])
})

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '')
}
