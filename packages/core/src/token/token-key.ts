import { type AccountRef, accountKey, lengthCoded } from '../account-ref.ts'
import { toHex } from '../random-id.ts'

/** What besides the account makes a token another token. */
export interface KeySpace {
  readonly provider: string
  readonly server: URL
  readonly namespace: string
}

/**
 * The canonical identity of an account's token. Every field carries its length, so that no two different identities
 * share an encoding, whatever characters they hold. No secret enters it.
 */
export function tokenKey({ provider, server, namespace }: KeySpace, account: AccountRef): string {
  return `${lengthCoded([provider, server.href, namespace])},${accountKey(account)}`
}

/** The key under which a store keeps it: SHA-256 of the identity in hexadecimal, so that no store sees who it is. */
export async function storeKey(key: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(key))
  return toHex(new Uint8Array(digest))
}
