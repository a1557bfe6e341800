/** What a command is run with. */
export interface CommandIo {
  /** The root of the repository. */
  readonly root: string
  readonly print: (line: string) => void
  readonly printError: (line: string) => void
  /** Runs a program in the root, which a sentence announces; rejects with what it printed when it fails. */
  readonly run?: (sentence: string, program: string, args: readonly string[]) => Promise<void>
  /** Ends `--watch`. */
  readonly signal?: AbortSignal
}
