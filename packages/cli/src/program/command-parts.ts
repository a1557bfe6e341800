import type { Session } from '../session/session.ts'

/** What every command takes. */
export interface CommonOptions {
  readonly json?: boolean
  readonly profile?: string | undefined
}

/** Makes a session of the options and gives it to the work, whose outcome may be an exit code. */
export type Start = (options: CommonOptions, work: (session: Session) => Promise<number | undefined>) => Promise<void>

/** The texts of a command's help. */
export interface CommandTexts {
  readonly description: string
  /** Where JSON is something other than what it is elsewhere. */
  readonly json?: string
  readonly after?: string
}
