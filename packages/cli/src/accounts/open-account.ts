import type { TokenManager } from '@chaveiro/core'
import type { ProviderFacts } from '@chaveiro/core/provider'
import { fetchOf } from '../network/fetch.ts'
import { hasCertificate } from '../providers/certificate-inputs.ts'
import type { Client, CliProvider } from '../providers/cli-provider.ts'
import { findProvider } from '../providers/find-provider.ts'
import type { OpenOptions } from '../providers/open-options.ts'
import { placeUrl } from '../providers/place.ts'
import { EXIT } from '../session/exit-code.ts'
import { Failure } from '../session/failure.ts'
import type { Session } from '../session/session.ts'
import { environmentError, forAccount, nextAttemptOf } from './account-error.ts'
import { type AccountHome, type HomeChoice, openHome } from './account-home.ts'
import { logEvents } from './debug-log.ts'
import { entryOf, type Journal, type JournalEntry } from './journal.ts'
import type { AccountDocument } from './keyring.ts'
import { knownSecrets } from './known-secrets.ts'
import { background, refreshAhead } from './refresh-ahead.ts'

/** An account that can be worked with. */
export interface OpenAccount {
  readonly account: AccountDocument
  readonly provider: CliProvider
  readonly facts: ProviderFacts
  readonly client: Client
  /** Every secret of the account that is known by now, so that none of them is shown. */
  readonly secrets: () => readonly string[]
}

/** Which account, and how patient a token call is. */
export interface AccountChoice extends HomeChoice {
  readonly tokenCallTimeoutMs?: number | undefined
}

/** Opens an account, works with it, and closes it: a token call that is under way is awaited and its answer kept. */
export async function withAccount<T>(
  session: Session,
  choice: AccountChoice,
  work: (open: OpenAccount) => Promise<T>,
): Promise<T> {
  const provider = findProvider(choice.provider, session)
  const home = await openHome(session, choice)
  const { provider: id, name, server, variables } = home.account
  try {
    return await forAccount({ provider: id, account: name, server, variables }, async () =>
      withOpened(session, choice, home, provider, work),
    )
  } finally {
    await home.tokens.close()
  }
}

async function withOpened<T>(
  session: Session,
  { tokenCallTimeoutMs, environment }: AccountChoice,
  { account, tokens, journal: past }: AccountHome,
  provider: CliProvider,
  work: (open: OpenAccount) => Promise<T>,
): Promise<T> {
  const refreshes = background()
  const facts = await provider.facts()
  const secrets = knownSecrets(tokens.store, account, facts.inputs)
  const options = { store: secrets.store, tokenCallTimeoutMs, waitUntil: refreshes.add }
  const client = await openClient(session, provider, account, options)
  const journal = journalOf(past, account)
  client.on((event) => journal.add(entryOf(event, Date.now())))
  const renewAhead = async (): Promise<void> => {
    // What a process that keeps nothing renews ahead would be lost with it.
    if (tokens.outlivesProcess) await refreshAhead(client, refreshes, () => past.read(account.provider, account.name))
  }
  try {
    const result = await work({ account, provider, facts, client, secrets: secrets.list })
    await renewAhead()
    return result
  } catch (error) {
    // A closed pipe ends the output, and nothing else of the command.
    if (session.isUnread()) await renewAhead()
    const nextAttemptAt = nextAttemptOf(error, Date.now())
    if (nextAttemptAt !== undefined) journal.add({ nextAttemptAt })
    throw environment === undefined ? error : environmentError(session, error, facts, account.inputs)
  } finally {
    await client.close()
    await journal.written()
  }
}

/** A client for the inputs of an account. */
export async function openClient(
  session: Session,
  provider: CliProvider,
  account: AccountDocument,
  options: Omit<OpenOptions, 'place' | 'account' | 'fetch'>,
  send: typeof fetchOf = fetchOf,
): Promise<Client> {
  const { all } = await opening(session, provider, account, options, send)
  return refusing(async () => {
    const client = await provider.open(account.inputs, all)
    await logEvents(client, session)
    return client
  })
}

/** A manager for the inputs of an account, and what it calls the account. */
export async function openManager(
  session: Session,
  provider: CliProvider,
  account: AccountDocument,
  options: Pick<OpenOptions, 'store'>,
): Promise<{ readonly manager: TokenManager; readonly ref: string }> {
  const { all, ref } = await opening(session, provider, account, options, fetchOf)
  return refusing(async () => ({ manager: await provider.manage(account.inputs, all), ref }))
}

/** What requests of an account carry with a token. */
export async function partsOfAccount(
  session: Session,
  provider: CliProvider,
  account: AccountDocument,
): ReturnType<CliProvider['partsOf']> {
  const { all } = await opening(session, provider, account, {}, fetchOf)
  return refusing(() => provider.partsOf(account.inputs, all))
}

/** What an account is opened with, and the name of its token. */
async function opening(
  session: Session,
  provider: CliProvider,
  account: AccountDocument,
  options: Omit<OpenOptions, 'place' | 'account' | 'fetch'>,
  send: typeof fetchOf,
): Promise<{ readonly all: OpenOptions; readonly ref: string }> {
  const facts = await provider.facts()
  // An input that names the client says nothing of the person who agrees: one client has many accounts.
  const isOfPerson = (await provider.asksPerson(account)) !== undefined
  const [identity] = Object.entries(facts.inputs).flatMap(([name, fact]) =>
    fact.identity ? [account.inputs[name]] : [],
  )
  // Where the inputs name the account, machines that share a store share its token too.
  const ref = (!isOfPerson && identity) || account.name
  const all: OpenOptions = {
    ...options,
    place: account,
    account: ref,
    fetch: await send(session, placeUrl(facts, account, session), hasCertificate(facts.inputs, account.inputs)),
  }
  return { all, ref }
}

async function refusing<T>(open: () => Promise<T>): Promise<T> {
  try {
    return await open()
  } catch (error) {
    // A server that would get a secret in the clear, an input that is missing.
    if (error instanceof TypeError) throw new Failure(EXIT.usage, 'usage', error.message)
    throw error
  }
}

/** Collects what happens while the command runs, and writes it once at the end, if there was anything. */
function journalOf(journal: Journal, { provider, name }: AccountDocument) {
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
