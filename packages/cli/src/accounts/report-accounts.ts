import { isChaveiroError, type TokenStatus } from '@chaveiro/core'
import { findProvider } from '../providers/find-provider.ts'
import { Failure } from '../session/failure.ts'
import type { Session } from '../session/session.ts'
import { isoDate } from '../session/times.ts'
import type { AccountDocument, Keyring } from './keyring.ts'
import { openClient } from './open-account.ts'
import type { OpenEnvironment } from './open-environment.ts'

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
  /** Where only a person can connect the account again: when its refresh token ends. `null`: not so, or unknown. */
  readonly refreshExpiresAt: string | null
}

/** The status of every account of the profile, or of these providers. */
export async function reportAccounts(
  session: Session,
  keyring: Keyring,
  providers: readonly string[],
): Promise<readonly AccountReport[]> {
  const all = await keyring.list()
  const accounts = providers.length === 0 ? all : all.filter(({ provider }) => providers.includes(provider))
  if (accounts.length === 0) return []
  const tokens = await keyring.openTokens().catch((error: unknown) => {
    // A store that is away. A driver or a URL that is missing is an error, because it can be fixed here.
    if (isChaveiroError(error)) return undefined
    throw error
  })
  try {
    const reports = accounts.map(async ({ provider, name }) => {
      const past = await pastOf(keyring, provider, name)
      return reportAccount(session, { provider, name, past }, tokens?.store, () => keyring.get(provider, name))
    })
    return await Promise.all(reports)
  } finally {
    await tokens?.close()
  }
}

/** The status of accounts that come from variables. */
export async function reportEnvironment(
  session: Session,
  { accounts, tokens }: OpenEnvironment,
): Promise<readonly AccountReport[]> {
  const past: Past = { lastRefreshAt: null, lastFailure: null, nextAttemptAt: null }
  const reports = accounts.map((account) =>
    reportAccount(session, { ...account, past }, tokens.store, async () => account),
  )
  return Promise.all(reports)
}

type Past = Pick<AccountReport, 'lastRefreshAt' | 'lastFailure' | 'nextAttemptAt'>

async function pastOf(keyring: Keyring, provider: string, name: string): Promise<Past> {
  const { refreshedAt, lastFailure, nextAttemptAt } = await keyring.journal.read(provider, name)
  return {
    lastRefreshAt: isoDate(refreshedAt),
    lastFailure: lastFailure ? { code: lastFailure.code, at: isoDate(lastFailure.at) } : null,
    nextAttemptAt: nextAttemptAt !== undefined && nextAttemptAt > Date.now() ? isoDate(nextAttemptAt) : null,
  }
}

async function reportAccount(
  session: Session,
  { provider, name, past }: { readonly provider: string; readonly name: string; readonly past: Past },
  store: Parameters<typeof openClient>[3]['store'],
  open: () => Promise<AccountDocument | undefined>,
): Promise<AccountReport> {
  try {
    const account = await open()
    if (account === undefined || store === undefined) return unreadable(provider, name, past)
    // Nothing is sent, so a proxy variable that is wrong does not matter here.
    const offline = async (): Promise<undefined> => undefined
    const source = findProvider(provider, session)
    const client = await openClient(session, source, account, { store }, offline)
    try {
      const { state, expiresAt, refreshExpiresAt, nextAttemptAt: known } = await client.status()
      // What the store knows of all processes, else what an earlier command of this machine was told.
      const next = known === undefined ? past.nextAttemptAt : isoDate(known)
      const isOfPerson = (await source.asksPerson(account)) !== undefined
      const current = {
        state,
        expiresAt: isoDate(expiresAt),
        refreshExpiresAt: isoDate(isOfPerson ? refreshExpiresAt : undefined),
        nextAttemptAt: next,
      }
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

function unreadable(provider: string, account: string, past: Past): AccountReport {
  return { provider, account, server: null, state: 'unreadable', expiresAt: null, refreshExpiresAt: null, ...past }
}
