import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Manifest, providerIds, publishedPackages, ROOT, read, typescriptFiles } from './repository.ts'

describe.each(publishedPackages())('packages/$folder', ({ folder, manifest }) => {
  it('is named after its folder', () => {
    expect(manifest.name).toBe(folder === 'cli' ? 'chaveiro' : `@chaveiro/${folder}`)
  })

  it('is an ES module without side effects, for Node 20.19 and newer, under the MIT licence', () => {
    const { type, sideEffects, engines, license } = manifest
    expect({ type, sideEffects, engines, license }).toEqual({
      type: 'module',
      sideEffects: false,
      engines: { node: '>=20.19' },
      license: 'MIT',
    })
  })

  it('lists its entries one by one, and publishes the same ones without the source condition', () => {
    const entries = manifest.exports ?? {}
    expect(Object.keys(entries).filter((entry) => entry.includes('*'))).toEqual([])
    const published = manifest.publishConfig?.exports ?? entries
    expect(published).toEqual(withoutSource(entries))
  })

  it('has a README, and sources of at most 300 lines', () => {
    expect(existsSync(join(ROOT, 'packages', folder, 'README.md'))).toBe(true)
    const long = typescriptFiles(`packages/${folder}/src`).filter(
      (file) => !file.includes('/generated/') && read(file).split('\n').length > 300,
    )
    expect(long).toEqual([])
  })
})

describe.each(providerIds())('the provider %s', (id) => {
  const name = id.replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase())

  it('calls everything after its id', () => {
    const index = read(`packages/${id}/src/index.ts`)
    for (const exported of [
      `create${name}`,
      `${name}Options`,
      `${name}Inputs`,
      `${name[0]?.toLowerCase()}${name.slice(1)}Provider`,
    ]) {
      expect(index).toMatch(new RegExp(`\\b${exported}\\b`))
    }
  })

  it('says where its facts come from', () => {
    expect(existsSync(join(ROOT, 'specs', id, 'SOURCES.md'))).toBe(true)
    expect(existsSync(join(ROOT, 'packages', id, 'README.pt-BR.md'))).toBe(true)
  })
})

it('only the one skip helper may skip, and nothing is focused or left to do', () => {
  const files = ['packages', 'tools', 'examples'].flatMap((folder) => typescriptFiles(folder))
  const marked = files.filter((file) => /\b(it|test|describe)\.(only|skip|todo|fails|skipIf|runIf)\(/.test(read(file)))
  expect(marked).toEqual(['tools/test-servers/src/describe-with.ts'])
})

function withoutSource(entries: NonNullable<Manifest['exports']>): unknown {
  return Object.fromEntries(
    Object.entries(entries).map(([entry, target]) => {
      if (typeof target === 'string') return [entry, target]
      const { '@chaveiro/source': _, ...published } = target
      return [entry, published]
    }),
  )
}
