import { expect, test } from 'vitest'
import { runCommand } from '../src/index.ts'
import { type TemporaryRepository, temporaryRepository } from './temporary-repository.ts'

const provider = 'packages/bitize/src/generated/provider.ts'

async function run({ root }: TemporaryRepository, ...args: string[]) {
  const out: string[] = []
  const err: string[] = []
  const print = (line: string) => out.push(line)
  const printError = (line: string) => err.push(line)
  return { status: await runCommand(args, { root, print, printError }), out, err }
}

test('generate writes what is missing, and nothing the second time', async () => {
  const specs = await temporaryRepository()

  expect(await run(specs, 'generate')).toMatchObject({
    status: 0,
    out: expect.arrayContaining([`created  ${provider}`]),
  })
  expect(await run(specs, 'generate')).toEqual({ status: 0, out: ['4 generated files up to date.'], err: [] })
  expect((await run(specs, 'generate', '--check')).status).toBe(0)
})

test('--check names a deleted, an edited and an extra file, writes nothing, and says what to run', async () => {
  const specs = await temporaryRepository()
  await run(specs, 'generate')
  await specs.remove(provider)
  await specs.edit('packages/bitize/src/generated/facts.ts', 'unprocessed', 'always')
  await specs.write('packages/simulator/src/generated/gone.ts', 'export {}\n')

  const checked = await run(specs, 'generate', '--check')

  expect(checked).toEqual({
    status: 1,
    out: [],
    err: [
      `missing  ${provider}`,
      'stale  packages/bitize/src/generated/facts.ts',
      'extra  packages/simulator/src/generated/gone.ts',
      '3 files differ from the specs. Run: pnpm generate',
    ],
  })
  await expect(specs.read(provider)).rejects.toThrow('ENOENT')
})

test('generate repairs what --check names', async () => {
  const specs = await temporaryRepository()
  await run(specs, 'generate')
  await specs.remove(provider)
  await specs.write('packages/simulator/src/generated/gone.ts', 'export {}\n')

  expect((await run(specs, 'generate')).out).toEqual([
    `created  ${provider}`,
    'deleted  packages/simulator/src/generated/gone.ts',
  ])
  expect((await run(specs, 'generate', '--check')).status).toBe(0)
})

test('--check fails when a spec changed and its code was not generated', async () => {
  const specs = await temporaryRepository()
  await run(specs, 'generate')
  await specs.edit('specs/bitize/openapi.yaml', 'otherwise: PT15M', 'otherwise: PT10M')

  expect((await run(specs, 'generate', '--check')).err).toContain(`stale  ${provider}`)
})

test('a mistaken spec is shown with its place, and nothing is written', async () => {
  const specs = await temporaryRepository()
  const mistaken = 'operationId: authentic\n          body'
  await specs.edit('specs/bitize/openapi.yaml', 'operationId: authenticate\n          body', mistaken)

  const { status, err } = await run(specs, 'generate')

  expect(status).toBe(1)
  expect(err.join('\n')).toMatch(/^specs\/bitize\/openapi\.yaml:\d+:\d+ components\.securitySchemes\.accessToken/)
  expect(err.at(-1)).toMatch(/^\d+ problems?\. Nothing was written\.$/)
  await expect(specs.read(provider)).rejects.toThrow('ENOENT')
})

test.each([
  [],
  ['build'],
  ['generate', '--chekc'],
  ['generate', 'now'],
  ['generate', '--check', '--watch'],
  ['generate', '--check', '--expanded', 'bitize'],
])('%j is answered with the usage', async (...args) => {
  const { status, err } = await run(await temporaryRepository(), ...args)

  expect(status).toBe(2)
  expect(err.join('\n')).toContain('Usage: pnpm generate [--check | --watch | --expanded <id>]')
})
