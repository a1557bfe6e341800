import type { JsonObject } from '@chaveiro/simulator'

/** Credentials of any provider, by field. */
export type Credentials = JsonObject

/**
 * Credentials of the same shape for another account: the number that a text ends with is another, as in a UUID, or one is
 * added to it. What is not a text stays, such as redirect URIs.
 */
export function anotherAccount(credentials: Credentials, number: number): Credentials {
  return Object.fromEntries(
    Object.entries(credentials).map(([field, value]) => [
      field,
      typeof value === 'string' ? anotherText(value, number) : value,
    ]),
  )
}

function anotherText(text: string, number: number): string {
  const [, mailbox, host] = /^([^@]+)(@.+)$/.exec(text) ?? []
  if (mailbox !== undefined) return `${mailbox}-${number}${host}`
  const [digits] = /\d+$/.exec(text) ?? []
  if (digits === undefined) return `${text}-${number}`
  return `${text.slice(0, -digits.length)}${String(number).padStart(digits.length, '0')}`
}
