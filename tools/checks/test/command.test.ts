import { expect, it } from 'vitest'
import { closing, temporaryRepository } from './repository.ts'

it('a folder gets its checks and its tests, and a closing line', async () => {
  const repository = temporaryRepository()
  const { status, printed } = await repository.test('packages/acme')
  expect(status).toBe(0)
  for (const name of ['lint', 'lint:types', 'lint:unused', 'typecheck', 'lint:surface', 'build', 'tests']) {
    expect(printed).toContain(`✓ ${name} `)
  }
  expect(printed).toMatch(
    /\n7 checks passed in \d+\.\d s, with (\d+ min )?\d+(\.\d)? s of CPU\.\n\n7 passed, 0 failed$/,
  )
  expect(repository.ran()).toContain('biome ci --colors=off packages/acme\n')
})

it('a check that fails is shown, and the others run', async () => {
  const { test } = temporaryRepository({ knip: 'echo "unused: a.ts"; exit 1', biome: 'echo fine' })
  const { status, printed } = await test('packages/acme')
  expect(status).toBe(1)
  expect(printed).toMatch(/✗ lint:unused \d+\.\d s\nunused: a\.ts\n/)
  expect(printed).not.toContain('fine')
  expect(printed).toContain('✓ tests ')
  expect(printed).toMatch(/1 of 7 checks didn't pass \(lint:unused\).*\n\n7 passed, 1 failed$/)
})

it('tests that fail fail the command', async () => {
  const { test } = temporaryRepository({ vitest: `echo 'a late 401'; ${closing('6 passed, 1 failed')}; exit 1` })
  const { status, printed } = await test('packages/acme')
  expect(status).toBe(1)
  expect(printed).toMatch(/✗ tests \d+\.\d s\na late 401\n.*\n6 passed, 1 failed$/s)
})

it('a closing line of an earlier run is not taken for one of this run', async () => {
  const { test } = temporaryRepository({
    vitest: `[ -f earlier ] && exit 1; touch earlier; ${closing('7 passed, 0 failed')}`,
  })
  await test('packages/acme')
  expect(await test('packages/acme')).toMatchObject({
    status: 1,
    printed: expect.stringMatching(/\n0 passed, 1 failed$/),
  })
})

it('a suite is named with its command', async () => {
  const { status, printed } = await temporaryRepository().test('tests/many')
  expect(status).toBe(0)
  expect(printed).not.toContain('✓ tests')
  expect(printed).toContain('The tests of tests/many take minutes: npx --yes pnpm@12.21.0 test:many')
})

it('without arguments, what turbo.json lists is checked, and then everything is tested', async () => {
  const repository = temporaryRepository({ turbo: `case "$*" in *vitest*) ${closing('9 passed, 0 failed')};; esac` })
  const { status, printed } = await repository.test()
  expect(status).toBe(0)
  expect(printed).toMatch(/✓ tests .*\n4 checks passed .*\n9 passed, 0 failed$/s)
  expect(repository.ran().trimEnd().split('\n').at(-1)).toContain('turbo run //#vitest')
})

it('without arguments, no test runs after a check that failed', async () => {
  const wrong = '{"source":"//#lint","level":"stdout","timestamp":1,"text":"a.ts format"}'
  const repository = temporaryRepository({ turbo: `case "$*" in *lint*) echo '${wrong}'; exit 1;; esac` })
  const { status, printed } = await repository.test()
  expect(status).toBe(1)
  expect(printed).toMatch(/✗ lint \d+\.\d s\na\.ts format\n/)
  expect(printed).toContain('✓ typecheck ')
  expect(printed).toContain("– tests: not run, because lint didn't pass")
  expect(repository.ran()).not.toContain('vitest')
})

it('everything else is left to vitest, whose status is given on', async () => {
  const repository = temporaryRepository({ vitest: 'exit 3' })
  expect(await repository.test('-t', 'a late 401')).toEqual({ status: 3, printed: '' })
  expect(repository.ran()).toBe('vitest run -t a late 401\n')
})

it('a folder that does not exist is a mistake, with the nearest name', async () => {
  expect(await temporaryRepository().test('packages/acne')).toEqual({
    status: 2,
    printed: "There isn't a folder packages/acne. Did you mean packages/acme?",
  })
})
