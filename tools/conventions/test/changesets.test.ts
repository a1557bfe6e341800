import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { changedPackages, declaredSince, mergeBase, specChanges, unmet } from '../../codegen/src/index.ts'
import { ROOT } from './repository.ts'

// What a branch changes is compared with where it left main. A clone without that history has nothing to compare with, and
// neither has main itself. tools/codegen/test/spec-diff.test.ts shows that all of this can fail.
const base = process.env['CHAVEIRO_TEST_BASE'] ?? mergeBase(ROOT)

describe.each(base === undefined ? [] : [base])('since %s', (commit) => {
  const declared = declaredSince(ROOT, commit)

  it('every package whose code or surface has changed has a changeset', () => {
    expect(unmet(changedPackages(ROOT, commit), declared)).toEqual([])
  })

  it('every changed spec has a changeset that is large enough', async () => {
    const demands = (await specChanges(ROOT, commit)).flatMap(({ demand }) => demand ?? [])
    expect(unmet(demands, declared)).toEqual([])
  })
})

// As the tool that makes the changelogs reads them: a formatter once took such a head for a heading.
const HEAD = /^---\n(?:"[@\w/-]+": (?:patch|minor|major)\n)+---\n\n\S/
const changesets = readdirSync(join(ROOT, '.changeset')).filter((name) => name.endsWith('.md') && name !== 'README.md')

it('every changeset can be read', () => {
  const texts = changesets.map((name) => [name, readFileSync(join(ROOT, '.changeset', name), 'utf8')] as const)
  expect(texts.filter(([, text]) => !HEAD.test(text)).map(([name]) => name)).toEqual([])
  expect('---\n\n## "@chaveiro/core": patch\n\nText.').not.toMatch(HEAD)
})

it('a base is either a commit or missing with the history', () => {
  expect(base ?? '0000000').toMatch(/^[0-9a-f]{7,40}$/)
})
