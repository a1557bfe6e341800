import type { ProviderFacts } from '@chaveiro/core/provider'
import { fetchOf } from '../network/fetch-of.ts'
import { EXIT } from '../program/exit-code.ts'
import { Failure } from '../program/failure.ts'
import type { Session } from '../program/session.ts'
import type { Client, CliProvider, OpenOptions } from '../providers/cli-provider.ts'
import { findProvider, serverUrl } from '../providers/find-provider.ts'
import { entryOf, type JournalEntry } from './journal.ts'
import { type AccountDocument, type Keyring, openKeyring } from './keyring.ts'
import { nextAttemptOf } from './next-attempt.ts'
import { background, refreshAhead } from './refresh-ahead.ts'

/** An account that can be worked with. */
export interface OpenAccount {
  readonly account: AccountDocument
  readonly provider: CliProvider
  readonly facts: ProviderFacts
  readonly client: Client
}

/** Which account, and how patient a token call is. */
export interface AccountChoice {
  readonly provider: string
  /** `undefined`: the only one, or `default`. */
  readonly name: string | undefined
  readonly tokenCallTimeoutMs?: number | undefined
}

export const DEFAULT_ACCOUNT = 'default'

/** Opens an account, works with it, and closes it: a token call that is under way is awaited and its answer kept. */
export async function withAccount<T>(
  session: Session,
  choice: AccountChoice,
  work: (open: OpenAccount) => Promise<T>,
): Promise<T> {
  const provider = findProvider(choice.provider, session)
  const keyring = await openKeyring(session)
  if (keyring === undefined) throw notSignedIn(session, choice)
  const account = await findAccount(session, keyring, choice)
  const tokens = await keyring.openTokens()
  try {
    const { tokenCallTimeoutMs } = choice
    const refreshes = background()
    const options = { store: tokens.store, tokenCallTimeoutMs, waitUntil: refreshes.add }
    const client = await openClient(session, provider, account, options)
    const journal = journalOf(keyring, account)
    client.on((event) => journal.add(entryOf(event, Date.now())))
    try {
      const result = await work({ account, provider, facts: await provider.facts(), client })
      await refreshAhead(client, refreshes, () => keyring.journal.read(account.provider, account.name))
      return result
    } catch (error) {
      const nextAttemptAt = nextAttemptOf(error, Date.now())
      if (nextAttemptAt !== undefined) journal.add({ nextAttemptAt })
      throw error
    } finally {
      await client.close()
      await journal.written()
    }
  } finally {
    await tokens.close()
  }
}

/** A client for the inputs of an account. */
export async function openClient(
  session: Session,
  provider: CliProvider,
  account: AccountDocument,
  options: Omit<OpenOptions, 'server' | 'account' | 'fetch'>,
): Promise<Client> {
  const facts = await provider.facts()
  const namesItself = Object.entries(facts.inputs).some(([name, { identity }]) => identity && account.inputs[name])
  const all: OpenOptions = {
    ...options,
    server: serverUrl(facts, account.server, session),
    // Where the inputs name the account, machines that share a store share its token too.
    account: namesItself ? undefined : account.name,
    fetch: await fetchOf(session),
  }
  try {
    return await provider.open(account.inputs, all)
  } catch (error) {
    // A server that would get a secret in the clear, an input that is missing.
    if (error instanceof TypeError) throw new Failure(EXIT.usage, 'usage', error.message)
    throw error
  }
}

async function findAccount(session: Session, keyring: Keyring, choice: AccountChoice): Promise<AccountDocument> {
  const found = await keyring.get(choice.provider, choice.name ?? DEFAULT_ACCOUNT)
  if (found !== undefined) return found
  const names = (await keyring.list()).filter(({ provider }) => provider === choice.provider).map(({ name }) => name)
  const [only] = names
  if (choice.name === undefined && names.length === 1 && only !== undefined) {
    const account = await keyring.get(choice.provider, only)
    if (account !== undefined) return account
  }
  if (names.length === 0) throw notSignedIn(session, choice)
  throw new Failure(EXIT.usage, 'usage', session.texts.talk.whichAccount(choice.provider, choice.name, names))
}

function notSignedIn({ texts }: Session, { provider, name }: AccountChoice): Failure {
  return new Failure(EXIT.signIn, 'not-signed-in', texts.talk.notSignedIn(provider, name))
}

/** Collects what happens while the command runs, and writes it once at the end, if there was anything. */
function journalOf({ journal }: Keyring, { provider, name }: AccountDocument) {
  let entry: JournalEntry = {}
  return {
    add(more: JournalEntry | undefined): void {
      entry = { ...entry, ...more }
    },
    async written(): Promise<void> {
      if (Object.keys(entry).length === 0) return
      // A new token ends the trouble before it.
      const before = entry.refreshedAt === undefined ? await journal.read(provider, name) : {}
      await journal.note(provider, name, { ...before, ...entry })
    },
  }
}
