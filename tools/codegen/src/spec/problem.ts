import type { KeyPath } from './json.ts'

/** Something a spec's author has to change. */
export interface Problem {
  /** Where in the spec. */
  readonly at: KeyPath
  /** What is wrong and what to do, in full sentences. */
  readonly sentence: string
  /** Names that were probably meant, best first. */
  readonly suggest?: readonly string[]
}
