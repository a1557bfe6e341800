import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { repositoryChecks } from '../src/repository-checks.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const readJson = (path: string) => JSON.parse(readFileSync(join(ROOT, path), 'utf8'))

const checks = repositoryChecks(readJson('turbo.json'))
const names = checks.map(({ name }) => name)

it('every linter that package.json has is a check', () => {
  const linters = Object.keys(readJson('package.json').scripts).filter((name) => name.startsWith('lint'))
  expect(linters.filter((name) => !names.includes(name))).toEqual([])
  expect(names).toContain('typecheck')
})

it('lint starts with the build, and the tests begin when everything else has passed', () => {
  expect(names.slice(0, 2)).toEqual(['build', 'lint'])
  expect(checks[1]?.needs).toEqual([])
  expect(names.at(-1)).toBe('tests')
  expect([...(checks.at(-1)?.needs ?? [])].sort()).toEqual(names.filter((name) => name !== 'tests').sort())
})

it('a check comes after those that it needs', () => {
  for (const [index, { needs }] of checks.entries()) {
    expect(names.slice(0, index)).toEqual(expect.arrayContaining([...needs]))
  }
})
