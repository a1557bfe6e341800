import type { Session } from '../session/session.ts'
import type { OpenStore } from '../stores/drivers.ts'
import type { EnvironmentChoice } from './environment-options.ts'
import { type AccountName, findAccount, notSignedIn } from './find-account.ts'
import { type Journal, noJournal } from './journal.ts'
import { type AccountDocument, openKeyring } from './keyring.ts'
import { openEnvironment } from './open-environment.ts'
import { DEFAULT_ACCOUNT } from './shell-words.ts'

/** An account, and where its tokens and its past are kept. */
export interface AccountHome {
  readonly account: AccountDocument
  readonly tokens: OpenStore
  readonly journal: Journal
}

/** Which account, and whether it comes from variables. */
export interface HomeChoice extends AccountName {
  /** `undefined`: the account is one of the profile's. */
  readonly environment?: EnvironmentChoice | undefined
}

/** Finds an account in the profile or in variables, and opens its store. */
export async function openHome(session: Session, choice: HomeChoice): Promise<AccountHome> {
  const { provider, name = DEFAULT_ACCOUNT, environment } = choice
  if (environment !== undefined) {
    const { accounts, tokens } = await openEnvironment(session, [provider], name, environment)
    const [account] = accounts
    if (account === undefined) throw new TypeError('One provider has one account.')
    return { account, tokens, journal: noJournal }
  }
  const keyring = await openKeyring(session)
  if (keyring === undefined) throw notSignedIn(session, choice)
  const account = await findAccount(session, keyring, choice)
  return { account, tokens: await keyring.openTokens(), journal: keyring.journal }
}
