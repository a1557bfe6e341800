import type { Readable, Writable } from 'node:stream'

/** What a person types, or what a pipe brings. */
export interface Input extends Readable {
  readonly isTTY?: boolean
  /** Of a terminal. */
  setRawMode?(mode: boolean): unknown
}

/** A terminal, a pipe or a file. */
export interface Output extends Writable {
  readonly isTTY?: boolean
  /** The width of a terminal. */
  readonly columns?: number
}

/** What a command needs of the process that it runs in. `process` is one. */
export interface Host {
  readonly env: NodeJS.ProcessEnv
  /** Opened by reading this property, so commands that take no input leave it closed. */
  readonly stdin: Input
  readonly stdout: Output
  readonly stderr: Output
  /** What the command came to, once `run` has resolved. */
  exitCode?: NodeJS.Process['exitCode']
  on(signal: NodeJS.Signals, listener: NodeJS.SignalsListener): unknown
  once(event: 'exit', listener: () => void): unknown
  removeListener(event: NodeJS.Signals | 'exit', listener: NodeJS.SignalsListener): unknown
  /** Ends everything where it is. */
  exit(code?: number): never
}
