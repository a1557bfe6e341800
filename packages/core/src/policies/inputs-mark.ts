import { toHex } from '../random-id.ts'
import type { ResolvedInputs } from '../renewal.ts'

/** A salted mark of the credentials. It shows whether they changed, and nothing else about them. */
export async function inputsMark(
  entries: ResolvedInputs<unknown>['entries'],
  salt: string = newSalt(),
): Promise<string> {
  const encoder = new TextEncoder()
  const key = await crypto.subtle.importKey('raw', encoder.encode(salt), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ])
  const sorted = [...entries].sort(([a], [b]) => (a < b ? -1 : 1))
  const digest = await crypto.subtle.sign('HMAC', key, encoder.encode(JSON.stringify(sorted)))
  return `${salt}.${toHex(new Uint8Array(digest))}`
}

/** Were these the credentials that the mark was made of? */
export async function hasMark(mark: string, entries: ResolvedInputs<unknown>['entries']): Promise<boolean> {
  return (await inputsMark(entries, mark.slice(0, mark.indexOf('.')))) === mark
}

function newSalt(): string {
  return toHex(crypto.getRandomValues(new Uint8Array(16)))
}
