import { readdir, readFile } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { findDrift, generateAll } from '../src/index.ts'
import { repository, temporaryRepository } from './temporary-repository.ts'

test('the generated files of this repository are what its specs generate', async () => {
  const { files, unplaced } = await generateAll({ root: repository })

  expect(unplaced).toEqual([])
  const drift = await findDrift(repository, files)
  expect(drift, 'run: pnpm generate').toEqual({ missing: [], stale: [], extra: [] })
})

test('every spec of this repository names its schema, so that editors complete and check it', async () => {
  const specs = await readdir(join(repository, 'specs'), { recursive: true })
  for (const spec of specs.filter((path) => basename(path) === 'openapi.yaml')) {
    const text = await readFile(join(repository, 'specs', spec), 'utf8')
    const schema = relative(dirname(spec), '_schema/spec.schema.json').replaceAll('\\', '/')
    expect(`${spec}: ${text.split('\n')[0]}`).toBe(`${spec}: # yaml-language-server: $schema=${schema}`)
  }
})

test('two runs give the same bytes, wherever the repository lies', async () => {
  const first = await temporaryRepository()
  const second = await temporaryRepository()

  expect(await generateAll({ root: first.root })).toEqual(await generateAll({ root: second.root }))
})

test('a checkout with Windows line ends gives the same bytes', async () => {
  const unix = await temporaryRepository()
  const windows = await temporaryRepository()
  const path = 'specs/bitize/openapi.yaml'
  await windows.write(path, (await windows.read(path)).replaceAll('\n', '\r\n'))

  expect(await generateAll({ root: windows.root })).toEqual(await generateAll({ root: unix.root }))
})

test('every generated file says where it comes from, and nothing about the machine', async () => {
  const { root } = await temporaryRepository()
  const { files } = await generateAll({ root })

  expect([...files.keys()]).toEqual([
    'packages/bitize/src/generated/facts.ts',
    'packages/bitize/src/generated/provider.ts',
    'packages/bitize/src/generated/schema.ts',
    'packages/simulator/src/generated/bitize.ts',
  ])
  for (const text of files.values()) {
    expect(text).toMatch(
      /^\/\/ Generated from specs\/bitize\/openapi\.yaml \(sha256 [0-9a-f]{16}\)\.\n\/\/ Do not edit/,
    )
    expect(text.endsWith('\n')).toBe(true)
    expect(text).not.toContain('\r')
    expect(text).not.toContain(root)
  }
})

test('the simulator gets the documents and none of the lifecycle', async () => {
  const { root } = await temporaryRepository()
  const { files } = await generateAll({ root })
  const text = files.get('packages/simulator/src/generated/bitize.ts')

  expect(text).toContain("operationId: 'refreshAccessToken'")
  expect(text).toContain("scheme: 'bearer'")
  expect(text).not.toMatch(/'x-token-lifecycle'|'x-retry'|\$ref:/)
})

test('a vocabulary that changes while the process runs counts from then on', async () => {
  const specs = await temporaryRepository('gateway')
  await generateAll({ root: specs.root })
  await specs.edit('specs/_schema/x-token-lifecycle.schema.json', '"const": "oauth2"', '"const": "oauth3"')
  await expect(generateAll({ root: specs.root })).rejects.toThrow('oauth3')
})
