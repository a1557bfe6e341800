import { forAccount } from '../../accounts/account-error.ts'
import type { EnvironmentChoice } from '../../accounts/environment-options.ts'
import { type Journal, noJournal, noteEvent } from '../../accounts/journal.ts'
import { type AccountDocument, openKeyring } from '../../accounts/keyring.ts'
import { knownSecrets } from '../../accounts/known-secrets.ts'
import { openClient, partsOfAccount } from '../../accounts/open-account.ts'
import { openEnvironment, providersInEnvironment } from '../../accounts/open-environment.ts'
import { DEFAULT_ACCOUNT } from '../../accounts/shell-words.ts'
import { findProvider } from '../../providers/find-provider.ts'
import { EXIT } from '../../session/exit-code.ts'
import { Failure } from '../../session/failure.ts'
import type { Session } from '../../session/session.ts'
import type { OpenStore } from '../../stores/drivers.ts'
import type { ServedAccount } from '../proxy/exchange.ts'
import { type PartsOf, rememberingParts } from './remembered-parts.ts'

/** A served account, and what its requests carry. */
export interface OpenedAccount extends ServedAccount {
  readonly partsOf: PartsOf
}

/** The accounts of a server: one client for each, opened once. */
export interface ServedAccounts {
  readonly all: readonly OpenedAccount[]
  readonly tokens: OpenStore
  /** The account of that name; `default` is also the only one of a provider. */
  find(provider: string, name: string): OpenedAccount | undefined
  /** Waits until pending tokens are saved. */
  close(): Promise<void>
}

/** Opens the accounts of these providers, or all: from variables, or those of the profile. */
export async function openServedAccounts(
  session: Session,
  providers: readonly string[],
  environment: EnvironmentChoice | undefined,
): Promise<ServedAccounts> {
  for (const id of providers) findProvider(id, session)
  return openFound(
    session,
    await (environment === undefined
      ? fromProfile(session, providers)
      : fromVariables(session, providers, environment)),
  )
}

/** Opens these accounts. */
export async function openFound(
  session: Session,
  { accounts, tokens, journal }: FoundAccounts,
): Promise<ServedAccounts> {
  const opened: OpenedAccount[] = []
  const close = async (): Promise<void> => {
    const ends = await Promise.allSettled(opened.map(({ client }) => client.close()))
    await tokens.close()
    for (const end of ends) if (end.status === 'rejected') throw end.reason
  }
  try {
    for (const account of accounts) opened.push(await openOne(session, account, tokens, journal))
  } catch (error) {
    await close()
    throw error
  }
  return { all: opened, tokens, find: findIn(opened), close }
}

/** By the name that `chaveiro status` prints. */
export function findIn(accounts: readonly OpenedAccount[]): ServedAccounts['find'] {
  const byName = new Map(accounts.map((one) => [`${one.provider}/${one.name}`, one]))
  const only = new Map<string, OpenedAccount | undefined>()
  for (const one of accounts) only.set(one.provider, only.has(one.provider) ? undefined : one)
  return (provider, name) =>
    byName.get(`${provider}/${name}`) ?? (name === DEFAULT_ACCOUNT ? only.get(provider) : undefined)
}

/** Accounts, and where their tokens are kept. */
export interface FoundAccounts {
  readonly accounts: readonly AccountDocument[]
  readonly tokens: OpenStore
  readonly journal: Journal
}

async function fromProfile(session: Session, providers: readonly string[]): Promise<FoundAccounts> {
  const keyring = await openKeyring(session)
  const all = (await keyring?.list()) ?? []
  const wanted = providers.length === 0 ? all : all.filter(({ provider }) => providers.includes(provider))
  if (keyring === undefined || wanted.length === 0) {
    throw new Failure(EXIT.signIn, 'not-signed-in', session.texts.talk.noAccounts)
  }
  const found = await Promise.all(wanted.map(({ provider, name }) => keyring.get(provider, name)))
  const accounts = found.filter((account) => account !== undefined)
  return { accounts, tokens: await keyring.openTokens('lasting'), journal: keyring.journal }
}

async function fromVariables(
  session: Session,
  ids: readonly string[],
  choice: EnvironmentChoice,
): Promise<FoundAccounts> {
  const wanted = ids.length === 0 ? await providersInEnvironment(session) : ids
  const environment = await openEnvironment(session, wanted, DEFAULT_ACCOUNT, choice, 'lasting')
  return { ...environment, journal: noJournal }
}

async function openOne(
  session: Session,
  account: AccountDocument,
  tokens: OpenStore,
  journal: Journal,
): Promise<OpenedAccount> {
  const { provider: id, name, server } = account
  return forAccount({ provider: id, account: name, server }, async () => {
    const provider = findProvider(id, session)
    const facts = await provider.facts()
    const secrets = knownSecrets(tokens.store, account, facts.inputs)
    const client = await openClient(session, provider, account, { store: secrets.store })
    client.on((event) => void noteEvent(journal, id, name, event))
    const partsOf = rememberingParts(await partsOfAccount(session, provider, account))
    return { provider: id, name, facts, client, secrets: secrets.list, partsOf }
  })
}
