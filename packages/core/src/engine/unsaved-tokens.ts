import { type AccountRef, accountName } from '../account-ref.ts'
import { ChaveiroError } from '../errors.ts'

const NAMED_AT_MOST = 3

/** Tokens that no store took end with their manager. */
export function unsaved(provider: string, accounts: readonly AccountRef[]): ChaveiroError {
  const { length } = accounts
  const names = accounts.slice(0, NAMED_AT_MOST).map(accountName).join(', ')
  const which = length > NAMED_AT_MOST ? `${names} and others` : names
  const message = `${length} tokens of ${provider} could not be saved: account ${which}. Check the store.`
  return new ChaveiroError('store', message, { provider, account: length === 1 ? accounts[0] : undefined })
}
