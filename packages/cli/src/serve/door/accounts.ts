import type { TokenStatus } from '@chaveiro/core'
import type { OpenedAccount } from '../accounts/served-accounts.ts'
import { covers } from '../keys/allowance.ts'
import type { Key } from '../keys/key-document.ts'

/** An account that a key allows, without secrets. */
interface ListedAccount {
  readonly provider: string
  readonly account: string
  readonly doors: readonly string[]
  /** The rules of the key for it, as written. */
  readonly allow: readonly string[]
  readonly state: TokenStatus['state'] | 'unknown'
  /** ISO 8601; `null`: unknown. */
  readonly expires_at: string | null
}

/** What a key allows. No token call is made. */
export async function accountsFor(
  key: Key,
  all: readonly OpenedAccount[],
): Promise<{ readonly accounts: readonly ListedAccount[] }> {
  const listed = all.flatMap((account) => {
    const rules = key.allowances.filter((one) => covers(one, account.provider, account.name))
    return rules.length === 0
      ? []
      : [
          listedAs(
            account,
            key,
            rules.map(({ rule }) => rule.text),
          ),
        ]
  })
  return { accounts: await Promise.all(listed) }
}

async function listedAs(
  { provider, name, client }: OpenedAccount,
  { doors }: Key,
  allow: readonly string[],
): Promise<ListedAccount> {
  // A store that is away says nothing about what the key allows.
  const status = await client.status().catch(() => undefined)
  return {
    provider,
    account: name,
    doors: [...doors].filter((door) => door !== 'status'),
    allow,
    state: status?.state ?? 'unknown',
    expires_at: status?.expiresAt === undefined ? null : new Date(status.expiresAt).toISOString(),
  }
}
