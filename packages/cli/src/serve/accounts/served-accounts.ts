import type { TokenEvent } from '@chaveiro/core'
import { DEFAULT_ACCOUNT } from '../../accounts/shell-words.ts'
import type { OpenStore } from '../../stores/drivers.ts'
import type { ServedAccount } from '../proxy/exchange.ts'
import type { PartsOf } from './remembered-parts.ts'

/** A served account, and what its requests carry. */
export interface OpenedAccount extends ServedAccount {
  readonly partsOf: PartsOf
}

/** The accounts of a server: one client for each. */
export interface ServedAccounts {
  /** As they are now. */
  all(): readonly OpenedAccount[]
  readonly tokens: OpenStore
  /** The account of that name; `default` is also the only one of a provider. */
  find(provider: string, name: string): OpenedAccount | undefined
  /** Hears of the tokens of all accounts, those of later ones too. Returns what ends that. */
  onEvent(listener: (provider: string, event: TokenEvent) => void): () => void
  /**
   * Opens accounts that were signed in to since, again where that was done again, and leaves out those that have gone.
   * Resolves with whether anything has changed. Absent: they can't change.
   */
  update?(): Promise<boolean>
  /** Waits until pending tokens are saved. */
  close(): Promise<void>
}

/** By the name that `chaveiro status` prints. */
export function findIn(accounts: readonly OpenedAccount[]): ServedAccounts['find'] {
  const byName = new Map(accounts.map((one) => [`${one.provider}/${one.name}`, one]))
  const only = new Map<string, OpenedAccount | undefined>()
  for (const one of accounts) only.set(one.provider, only.has(one.provider) ? undefined : one)
  return (provider, name) =>
    byName.get(`${provider}/${name}`) ?? (name === DEFAULT_ACCOUNT ? only.get(provider) : undefined)
}
