import { isChaveiroError, type TokenStatus } from '@chaveiro/core'
import { isoDate } from '../output/iso-date.ts'
import { Failure } from '../program/failure.ts'
import type { Session } from '../program/session.ts'
import { findProvider } from '../providers/find-provider.ts'
import type { Keyring } from './keyring.ts'
import { openClient } from './open-account.ts'

/** `unreadable`: the account, or its store, cannot be opened. */
export type AccountState = TokenStatus['state'] | 'unreadable'

/** One account, for a table and for programs. Dates are ISO 8601. */
export interface AccountReport {
  readonly provider: string
  readonly account: string
  readonly server: string | null
  readonly state: AccountState
  readonly expiresAt: string | null
  readonly lastRefreshAt: string | null
  readonly nextAttemptAt: string | null
  readonly lastFailure: { readonly code: string; readonly at: string | null } | null
}

/** How every account of the profile stands. */
export async function reportAccounts(session: Session, keyring: Keyring): Promise<readonly AccountReport[]> {
  const accounts = await keyring.list()
  if (accounts.length === 0) return []
  const tokens = await keyring.openTokens().catch((error: unknown) => {
    if (isKnown(error)) return undefined
    throw error
  })
  try {
    const reports = accounts.map(({ provider, name }) => reportAccount(session, keyring, tokens?.store, provider, name))
    return await Promise.all(reports)
  } finally {
    await tokens?.close()
  }
}

async function reportAccount(
  session: Session,
  keyring: Keyring,
  store: Parameters<typeof openClient>[3]['store'],
  provider: string,
  name: string,
): Promise<AccountReport> {
  const { refreshedAt, lastFailure, nextAttemptAt } = await keyring.journal.read(provider, name)
  const past = {
    lastRefreshAt: isoDate(refreshedAt),
    lastFailure: lastFailure ? { code: lastFailure.code, at: isoDate(lastFailure.at) } : null,
    nextAttemptAt: nextAttemptAt !== undefined && nextAttemptAt > Date.now() ? isoDate(nextAttemptAt) : null,
  }
  try {
    const account = await keyring.get(provider, name)
    if (account === undefined || store === undefined) return unreadable(provider, name, past)
    // Nothing is sent, so a proxy variable that is wrong does not matter here.
    const offline = async (): Promise<undefined> => undefined
    const client = await openClient(session, findProvider(provider, session), account, { store }, offline)
    try {
      const { state, expiresAt, nextAttemptAt: known } = await client.status()
      // What the store knows of all processes, else what an earlier command of this machine was told.
      const next = known === undefined ? past.nextAttemptAt : isoDate(known)
      const current = { state, expiresAt: isoDate(expiresAt), nextAttemptAt: next }
      return { provider, account: name, server: account.server, ...past, ...current }
    } finally {
      await client.close()
    }
  } catch (error) {
    if (!isKnown(error)) throw error
    return unreadable(provider, name, past)
  }
}

/** What a sentence explains, as `doctor` shows it: a store that is away, a provider that this version does not know. */
function isKnown(error: unknown): boolean {
  return isChaveiroError(error) || error instanceof Failure
}

function unreadable(
  provider: string,
  account: string,
  past: Pick<AccountReport, 'lastRefreshAt' | 'lastFailure' | 'nextAttemptAt'>,
): AccountReport {
  return { provider, account, server: null, state: 'unreadable', expiresAt: null, ...past }
}
