import { describe, expect, it } from 'vitest'
import { here, type Repository, treeOf } from './repository.ts'

/** A rule of the repository: says what breaks it, one sentence each. */
export type Rule = (repository: Repository) => readonly string[]

/** A tree that breaks a rule, and what the rule has to say about it. */
export interface Mistake {
  readonly tree: Readonly<Record<string, string>>
  readonly says: readonly string[]
}

/** Shows that a rule holds in this repository, and that it can fail. */
export function prove(sentence: string, rule: Rule, mistakes: Readonly<Record<string, Mistake>>): void {
  describe(`${sentence}`, () => {
    it('holds', () => {
      expect(rule(here)).toEqual([])
    })

    it.each(Object.entries(mistakes))('is broken by %s', (_, { tree, says }) => {
      expect(rule(treeOf(tree))).toEqual(says)
    })
  })
}
