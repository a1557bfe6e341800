import type { Texts } from '../messages/texts.ts'
import { fit, widthOf } from '../terminal/fit.ts'
import type { Host, Input, Output } from '../terminal/host.ts'
import type { Keyboard } from '../terminal/keyboard.ts'
import type { Interruption } from './interruption.ts'

/** What every command works with. Data goes to stdout, messages to stderr. */
export interface Session {
  /** For its signals and its end. */
  readonly host: Pick<Host, 'on' | 'once' | 'removeListener' | 'exit'>
  readonly env: Readonly<NodeJS.ProcessEnv>
  /** Takes variables out of this process's environment, so that no child process inherits them. */
  readonly removeVariables: (names: readonly string[]) => void
  readonly stdin: Input
  readonly stdout: Output
  readonly stderr: Output
  readonly texts: Texts
  /** Print JSON in place of text. */
  readonly json: boolean
  readonly profile: string
  readonly interruption: Interruption
  /** Has the reader of stdout gone, as `head` does once it has its lines? */
  readonly isUnread: () => boolean
  /** For prompts, where `canAsk` says that there is one. */
  readonly keyboard: Keyboard
}

/** Can a person answer? A prompt is drawn on stderr, so that stdout may be a pipe. */
export function canAsk({ stdin, stderr }: Session): boolean {
  return stdin.isTTY === true && stderr.isTTY === true
}

/** Writes a message for people. With `--json`, stderr has nothing but an error. */
export function say({ stderr, env, json }: Session, text: string): void {
  if (!json) stderr.write(`${fit(text, widthOf(stderr, env))}\n`)
}

/** Writes data for people, broken into lines that fit. */
export function print({ stdout, env }: Session, text: string): void {
  stdout.write(`${fit(text, widthOf(stdout, env))}\n`)
}

/** Writes one JSON document as a line of data. */
export function printJson({ stdout }: Session, value: unknown): void {
  stdout.write(`${JSON.stringify(value)}\n`)
}
