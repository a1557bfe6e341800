import type { CommandSubject } from '../program/shell-words.ts'

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
