import { CardTokenError, type CardTokenErrorCode } from './card-errors.ts'
import { checkCard, type TokenizeCardOptions } from './check-card.ts'

export { CardNumberError, CardTokenError, type CardTokenErrorCode } from './card-errors.ts'
export type { TokenizeCardOptions } from './check-card.ts'

let failure: CardTokenError | undefined

/**
 * Replaces `tokenizeCard` of `@chaveiro/genpag/card` in tests, on every platform. It checks its options in the same way,
 * sends nothing, and gives the same card the same token: `fake-card-token-` and the last four digits.
 *
 * @example
 * // Jest; the README has the line for vitest
 * moduleNameMapper: { '^@chaveiro/genpag/card$': '@chaveiro/genpag/card/testing' }
 * @throws {CardNumberError} when the number has a mistake in it.
 * @throws {CardTokenError} when {@link failNextCard} asked for it.
 * @throws {TypeError} for another mistaken argument.
 */
export async function tokenizeCard(options: TokenizeCardOptions): Promise<string> {
  const { digits } = checkCard(options)
  const { signal } = options
  if (signal?.aborted === true) throw signal.reason
  const error = failure
  failure = undefined
  if (error) throw error
  return `fake-card-token-${digits.slice(-4)}`
}

/**
 * Makes the next call of {@link tokenizeCard} that passes the checks fail, as Genpag or the network would.
 *
 * @param code what went wrong
 * @param status the HTTP status of the answer, if there was one
 */
export function failNextCard(code: CardTokenErrorCode, status?: number): void {
  failure = new CardTokenError(code, status)
}
