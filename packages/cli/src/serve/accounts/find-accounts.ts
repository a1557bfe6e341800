import type { EnvironmentChoice } from '../../accounts/environment-options.ts'
import { noJournal } from '../../accounts/journal.ts'
import { type AccountDocument, type Keyring, openKeyring } from '../../accounts/keyring.ts'
import { openEnvironment, providersInEnvironment } from '../../accounts/open-environment.ts'
import { DEFAULT_ACCOUNT } from '../../accounts/shell-words.ts'
import { findProvider } from '../../providers/find-provider.ts'
import { EXIT } from '../../session/exit-code.ts'
import { Failure } from '../../session/failure.ts'
import type { Session } from '../../session/session.ts'
import { type FoundAccount, type FoundAccounts, openAccounts } from './open-accounts.ts'
import type { ServedAccounts } from './served-accounts.ts'

/** Opens the accounts of these providers, or all: from variables, or those of the profile. */
export async function openServedAccounts(
  session: Session,
  providers: readonly string[],
  environment: EnvironmentChoice | undefined,
): Promise<ServedAccounts> {
  for (const id of providers) findProvider(id, session)
  return openAccounts(
    session,
    await (environment === undefined
      ? fromProfile(session, providers)
      : fromVariables(session, providers, environment)),
  )
}

/** An account that stays as it is. */
export function given(document: AccountDocument): FoundAccount {
  const { provider, name } = document
  return { provider, name, version: 'given', read: async () => document }
}

async function fromProfile(session: Session, providers: readonly string[]): Promise<FoundAccounts> {
  const keyring = await openKeyring(session)
  const accounts = keyring === undefined ? [] : await accountsOf(keyring, providers)
  if (keyring === undefined || accounts.length === 0) {
    throw new Failure(EXIT.signIn, 'not-signed-in', session.texts.messages.noAccounts)
  }
  const again = (): Promise<readonly FoundAccount[]> => accountsOf(keyring, providers)
  return { accounts, tokens: await keyring.openTokens('lasting'), journal: keyring.journal, again }
}

async function accountsOf(keyring: Keyring, providers: readonly string[]): Promise<readonly FoundAccount[]> {
  const wanted = (await keyring.list()).filter(({ provider }) => providers.length === 0 || providers.includes(provider))
  return wanted.map((one) => ({ ...one, read: () => keyring.get(one.provider, one.name) }))
}

async function fromVariables(
  session: Session,
  ids: readonly string[],
  choice: EnvironmentChoice,
): Promise<FoundAccounts> {
  const wanted = ids.length === 0 ? await providersInEnvironment(session) : ids
  const { accounts, tokens } = await openEnvironment(session, wanted, DEFAULT_ACCOUNT, choice, 'lasting')
  return { accounts: accounts.map(given), tokens, journal: noJournal }
}
