/** A program and its arguments. */
export type Command = readonly [program: string, ...args: readonly string[]]

/** Something that must hold, and the command that finds out. */
export interface Check {
  /** Where a script of package.json does the same for everything, the name of that script. */
  readonly name: string
  readonly command: Command
  /** The checks that must pass first. If one of them doesn't, this one is not run. */
  readonly needs: readonly string[]
  /** Whether what it prints is shown while it runs, and not only if it fails. @default false */
  readonly shown?: boolean
  /** Takes what a reader wants to see from what it printed. @default everything */
  readonly read?: (printed: string) => string
}

/** What became of a check. */
export type Outcome = Ran | NotRun

export interface Ran {
  readonly check: Check
  readonly state: 'passed' | 'failed'
  /** What it printed, unless that was shown. */
  readonly output: string
  readonly wallMs: number
  /** What it took of all processors; unknown on Windows. */
  readonly cpuMs: number | undefined
}

interface NotRun {
  readonly check: Check
  readonly state: 'not run'
  /** The check that it needs and that didn't pass. */
  readonly because: string
}
