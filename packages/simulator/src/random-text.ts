const text = (random: () => number, alphabet: string, length: number): string =>
  Array.from({ length }, () => alphabet[Math.floor(random() * alphabet.length)]).join('')

const HEX = '0123456789abcdef'
const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** Lower-case hex digits. */
export const hex = (random: () => number, length: number): string => text(random, HEX, length)

/** Letters, digits, `-` and `_`. */
export const base64url = (random: () => number, length: number): string => text(random, BASE64URL, length)

export const uuid = (random: () => number): string =>
  'xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx'.replaceAll('x', () => hex(random, 1))
