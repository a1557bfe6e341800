/** One way to break the core, and who is to notice. */
export interface Mutation {
  /** In the imperative: what the mutation does. */
  readonly name: string
  /** What a user would suffer. */
  readonly breaks: string
  /** Below `packages/core/src`. */
  readonly file: string
  /** Stands exactly once in the file. */
  readonly find: string
  readonly replace: string
  /** The files of `packages/core/test` that are about it, without `.test.ts`. */
  readonly tests: readonly string[]
  /** The model of the engine is to see it too. */
  readonly inModel?: true
}
