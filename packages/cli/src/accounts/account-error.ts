import { isChaveiroError } from '@chaveiro/core'
import type { ProviderFacts } from '@chaveiro/core/provider'
import type { Inputs } from '../providers/open-options.ts'
import { EXIT } from '../session/exit-code.ts'
import { Failure } from '../session/failure.ts'
import type { Session } from '../session/session.ts'
import type { CommandSubject } from './shell-words.ts'

/** A failure, and the account that it is about, so that the advice names a command that works as it is printed. */
export class AccountError extends Error {
  override readonly name: string = 'AccountError'
  readonly subject: CommandSubject

  constructor(cause: unknown, subject: CommandSubject) {
    super(undefined, { cause })
    this.subject = subject
  }
}

/** Does the work of an account; what goes wrong with it is known to be of this account. */
export async function forAccount<T>(subject: CommandSubject, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw new AccountError(error, subject)
  }
}

/** The next instant at which something may be sent, in epoch milliseconds, as an error has it; `undefined`: it says none. */
export function nextAttemptOf(error: unknown, now: number): number | undefined {
  if (!isChaveiroError(error)) return undefined
  if ('nextAttemptAt' in error && typeof error.nextAttemptAt === 'number') return error.nextAttemptAt
  return error.retryAfterMs === undefined ? undefined : now + error.retryAfterMs
}

/** The error of an account from variables: there is a variable to correct, and no login to repeat. */
export function environmentError({ texts }: Session, error: unknown, facts: ProviderFacts, inputs: Inputs): unknown {
  if (!isChaveiroError(error) || error.action !== 'reauthorize') return error
  const variables = Object.keys(inputs).flatMap((name) => facts.inputs[name]?.env ?? [])
  return new Failure(EXIT.signIn, error.code, `${error.message}\n${texts.messages.checkVariables(variables)}`)
}
