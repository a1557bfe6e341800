import { CardNumberError } from './card-errors.ts'

/**
 * The digits of a card number, in which people write spaces and dashes. The documents show digits alone
 * (cobrando_no_credito.md), so that is what is sent.
 *
 * @throws {CardNumberError} when it cannot be the number of a card; the message does not repeat it.
 */
export function cardDigits(text: unknown): string {
  // Not a number, because a number of 17 digits or more has already lost its last ones.
  const digits = typeof text === 'string' ? text.replace(/[\s-]/g, '') : ''
  // ISO/IEC 7812-1: at most 19. The lower bound is ours; the shortest numbers in use have 12.
  if (!/^[0-9]{12,19}$/.test(digits)) {
    throw new CardNumberError(
      'Please check the card number: it is a string of 12 to 19 digits, with or without spaces and dashes.',
    )
  }
  if (!passesLuhn(digits)) throw new CardNumberError('Please check the card number: one of its digits must be wrong.')
  return digits
}

/** ISO/IEC 7812-1, annex B: from the right every second digit counts double, and the sum ends in 0. */
function passesLuhn(digits: string): boolean {
  let sum = 0
  for (let fromRight = 0; fromRight < digits.length; fromRight += 1) {
    const digit = Number(digits.at(-1 - fromRight))
    const counted = fromRight % 2 === 0 ? digit : digit * 2
    sum += counted > 9 ? counted - 9 : counted
  }
  return sum % 10 === 0
}
