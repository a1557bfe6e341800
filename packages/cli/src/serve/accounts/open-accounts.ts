import type { TokenEvent } from '@chaveiro/core'
import { forAccount } from '../../accounts/account-error.ts'
import { type Journal, noteEvent } from '../../accounts/journal.ts'
import type { AccountDocument } from '../../accounts/keyring.ts'
import { knownSecrets } from '../../accounts/known-secrets.ts'
import { openClient, partsOfAccount } from '../../accounts/open-account.ts'
import { type SharedConnections, sharedConnections } from '../../network/fetch.ts'
import { findProvider } from '../../providers/find-provider.ts'
import type { Session } from '../../session/session.ts'
import type { OpenStore } from '../../stores/drivers.ts'
import { rememberingParts } from './remembered-parts.ts'
import { findIn, type OpenedAccount, type ServedAccounts } from './served-accounts.ts'

/** An account that can be opened. */
export interface FoundAccount {
  readonly provider: string
  readonly name: string
  /** Another one after each sign-in. */
  readonly version: string
  /** `undefined`: it has gone. */
  read(): Promise<AccountDocument | undefined>
}

/** Accounts, and where their tokens are kept. */
export interface FoundAccounts {
  readonly accounts: readonly FoundAccount[]
  readonly tokens: OpenStore
  readonly journal: Journal
  /** The accounts as they are now. Absent: they stay as they are. */
  readonly again?: () => Promise<readonly FoundAccount[]>
}

// Calls may still use an account that was replaced or has gone. So many are kept open for them; others end with the server.
const LEFT_OPEN = 16

/** Opens these accounts, with a client for each. */
export async function openAccounts(session: Session, found: FoundAccounts): Promise<ServedAccounts> {
  const { tokens, journal, again } = found
  const connections = sharedConnections()
  const opened = new Map<string, { readonly version: string; readonly account: OpenedAccount }>()
  const left: OpenedAccount[] = []
  const listeners = new Set<(provider: string, event: TokenEvent) => void>()
  let all: readonly OpenedAccount[] = []
  let find = findIn(all)
  let updating: Promise<boolean> | undefined

  async function take(accounts: readonly FoundAccount[]): Promise<boolean> {
    const before = all
    const names = new Set(accounts.map(nameOf))
    const failures: unknown[] = []
    for (const one of accounts) await openNew(one, names).catch((error: unknown) => failures.push(error))
    for (const [name, { account }] of opened) if (!names.has(name)) leave(name, account)
    all = [...opened.values()].map(({ account }) => account)
    find = findIn(all)
    if (failures.length > 0) throw failures[0]
    return all.length !== before.length || all.some((account, at) => account !== before[at])
  }

  async function openNew(one: FoundAccount, names: Set<string>): Promise<void> {
    const name = nameOf(one)
    const known = opened.get(name)
    if (known?.version === one.version) return
    const document = await one.read()
    if (document === undefined) return void names.delete(name)
    const account = await openOne(session, document, { tokens, journal, connections })
    account.client.on((event) => {
      for (const listener of listeners) listener(account.provider, event)
    })
    if (known !== undefined) leave(name, known.account)
    opened.set(name, { version: one.version, account })
  }

  function leave(name: string, account: OpenedAccount): void {
    opened.delete(name)
    left.push(account)
    // What can't be saved is in its events.
    if (left.length > LEFT_OPEN)
      void left
        .shift()
        ?.client.close()
        .catch(() => {})
  }

  async function close(): Promise<void> {
    await updating?.catch(() => {})
    const ends = await Promise.allSettled([...all, ...left].map(({ client }) => client.close()))
    await Promise.all([connections.close(), tokens.close()])
    for (const end of ends) if (end.status === 'rejected') throw end.reason
  }

  try {
    await take(found.accounts)
  } catch (error) {
    await close()
    throw error
  }
  return {
    all: () => all,
    tokens,
    find: (provider, name) => find(provider, name),
    onEvent(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    ...(again && {
      update() {
        updating ??= again()
          .then(take)
          .finally(() => {
            updating = undefined
          })
        return updating
      },
    }),
    close,
  }
}

function nameOf({ provider, name }: Pick<FoundAccount, 'provider' | 'name'>): string {
  return `${provider}/${name}`
}

async function openOne(
  session: Session,
  account: AccountDocument,
  { tokens, journal, connections }: Pick<FoundAccounts, 'tokens' | 'journal'> & { connections: SharedConnections },
): Promise<OpenedAccount> {
  const { provider: id, name, server } = account
  return forAccount({ provider: id, account: name, server }, async () => {
    const provider = findProvider(id, session)
    const facts = await provider.facts()
    const secrets = knownSecrets(tokens.store, account, facts.inputs)
    const client = await openClient(session, provider, account, { store: secrets.store }, connections.of)
    client.on((event) => void noteEvent(journal, id, name, event))
    const partsOf = rememberingParts(await partsOfAccount(session, provider, account))
    return { provider: id, name, facts, client, secrets: secrets.list, partsOf }
  })
}
