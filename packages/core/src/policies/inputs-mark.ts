import { digestOf, toHex } from '../random-id.ts'
import type { ResolvedInputs } from '../renewal.ts'

/** A salted mark of the credentials. It shows whether they changed, and nothing else about them. */
export async function inputsMark(
  entries: ResolvedInputs<unknown>['entries'],
  salt: string = toHex(crypto.getRandomValues(new Uint8Array(16))),
): Promise<string> {
  const sorted = [...entries].sort(([a], [b]) => (a < b ? -1 : 1))
  return `${salt}.${await digestOf(salt + JSON.stringify(sorted))}`
}

/** Were these the credentials that the mark was made of? */
export async function hasMark(mark: string, entries: ResolvedInputs<unknown>['entries']): Promise<boolean> {
  return (await inputsMark(entries, mark.slice(0, mark.indexOf('.')))) === mark
}
