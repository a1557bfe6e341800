/** Why a command cannot go on, as a sentence that names the remedy. Printed without a stack. */
export class Failure extends Error {
  override readonly name: string = 'Failure'
  /** Of the table in `exit-code.ts`. */
  readonly exit: number
  /** For programs: stays the same in every language. */
  readonly code: string

  constructor(exit: number, code: string, message: string) {
    super(message)
    this.exit = exit
    this.code = code
  }
}
