import { EXIT } from '../session/exit-code.ts'
import { Failure } from '../session/failure.ts'
import type { Session } from '../session/session.ts'

/** The options of a command that takes its accounts from variables. */
export interface EnvironmentOptions {
  readonly fromEnv?: boolean
  readonly server?: string
  readonly store?: string
  readonly state?: string
}

/** Accounts come from variables. */
export interface EnvironmentChoice {
  /** @default the variable that is called after the provider, as in BITIZE_SERVER */
  readonly server: string | undefined
  /** The URL of a shared store. */
  readonly store: string | undefined
  /** A folder that keeps tokens on this machine. Without it and without a store, nothing is written. */
  readonly state: string | undefined
}

/** What the options say; `undefined`: the account is one of the profile's. */
export function environmentChoice({ texts }: Session, options: EnvironmentOptions): EnvironmentChoice | undefined {
  const { fromEnv = false, server, store, state } = options
  const { messages } = texts
  if (fromEnv) {
    if (store !== undefined && state !== undefined) throw new Failure(EXIT.usage, 'usage', messages.storeOrState)
    return { server, store, state }
  }
  const stray = Object.entries({ '--server': server, '--store': store, '--state': state }).find(([, given]) => given)
  if (stray !== undefined) throw new Failure(EXIT.usage, 'usage', messages.onlyFromEnv(stray[0]))
  return undefined
}
