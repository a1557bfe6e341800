import type { Problem } from '../spec/problem.ts'
import type { SpecModel } from '../spec/spec.ts'
import type { Vocabulary } from '../spec/vocabulary.ts'

/** What a rule may look at. */
export interface LintSubject {
  readonly model: SpecModel
  readonly vocabulary: Vocabulary
  /** The text of SOURCES.md. */
  readonly sources: string
}

/** One thing that is checked about a spec. */
export type Rule = (subject: LintSubject) => readonly Problem[]
