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

it('a base is either a commit or missing with the history', () => {
  expect(base ?? '0000000').toMatch(/^[0-9a-f]{7,40}$/)
})
