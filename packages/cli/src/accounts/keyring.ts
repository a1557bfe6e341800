import { ChaveiroError } from '@chaveiro/core'
import { fileStore } from '@chaveiro/stores/file'
import { createSealer } from '@chaveiro/stores/sealer'
import type { Place } from '../providers/place.ts'
import { EXIT } from '../session/exit-code.ts'
import { Failure } from '../session/failure.ts'
import { type Session, say } from '../session/session.ts'
import { type Documents, documentsIn, overwrite } from '../stores/documents.ts'
import type { OpenStore, StoreUse } from '../stores/drivers.ts'
import { openFiles, openStoreAt, storeKindOf } from '../stores/open-store.ts'
import { createKey, keyFile, removeKey, sealingKeys } from '../vault/sealing-key.ts'
import { type ProfileFolders, profileFolders } from './folders.ts'
import { type Journal, openJournal } from './journal.ts'
import { createProfile, type Profile, readProfile, replaceProfile } from './profile.ts'
import { commandFor } from './shell-words.ts'

/** An account that was signed in to: what is asked for once. Sealed as a whole. */
export interface AccountDocument extends Place {
  readonly v: 1
  readonly provider: string
  readonly name: string
  readonly inputs: Readonly<Record<string, string>>
  /** How a person agreed, where the provider asks one: so is the next sign-in. */
  readonly consent?: {
    readonly scopes?: readonly string[] | undefined
    readonly redirectUri?: string | undefined
  }
}

/** An account that there is. */
interface ListedAccount {
  readonly provider: string
  readonly name: string
  /** Another one after each sign-in. */
  readonly version: string
}

/** All that a profile keeps: accounts, and the store of their tokens. */
export interface Keyring {
  readonly profile: Profile
  readonly folders: ProfileFolders
  readonly journal: Journal
  get(provider: string, name: string): Promise<AccountDocument | undefined>
  put(account: AccountDocument): Promise<void>
  remove(provider: string, name: string): Promise<void>
  /** Which accounts there are, readable without any key; sorted. */
  list(): Promise<readonly ListedAccount[]>
  openTokens(use?: StoreUse): Promise<OpenStore>
  /** Changes where tokens are kept, once the new place has shown that it works. `undefined`: files. */
  moveTokens(url: string | undefined): Promise<Profile>
}

const STORE_URL = 'store-url'

/** The profile's keyring; `undefined` before the first sign-in. */
export async function openKeyring(session: Session): Promise<Keyring | undefined> {
  const folders = profileFolders(session)
  const profile = await readProfile(folders, session.texts)
  return profile && keyringOf(session, folders, profile)
}

/** The profile's keyring, made if need be. */
export async function createKeyring(session: Session): Promise<Keyring> {
  const folders = profileFolders(session)
  const known = await readProfile(folders, session.texts)
  if (known !== undefined) return keyringOf(session, folders, known)
  const key = await createKey(folders.config, session.env)
  const profile = await createProfile(folders, { v: 1, ...key, store: 'file' }, session.texts)
  if (profile.keyId !== key.keyId) await removeKey(folders.config, key)
  return keyringOf(session, folders, profile)
}

function keyringOf(session: Session, folders: ProfileFolders, profile: Profile): Keyring {
  const { texts } = session
  const sealer = createSealer({ keys: sealingKeys(folders.config, profile, session.env, texts) })
  const store = fileStore({ directory: folders.accounts, sealer })
  // The same files, closed: what there is can be listed and removed although the key is lost.
  const closed = fileStore({ directory: folders.accounts })
  const unreadable = (logout: string): Error => new ChaveiroError('store', texts.messages.accountUnreadable(logout))
  const documents = (provider: string, name: string): Documents<AccountDocument> =>
    documentsIn(store, () => unreadable(commandFor(session, 'logout', { provider, account: name })))
  const settings: Documents<string> = documentsIn(
    store,
    () => new ChaveiroError('store', texts.messages.storeUrlMissing),
  )
  return {
    profile,
    folders,
    journal: openJournal(folders),
    get: (provider, name) => documents(provider, name).get(keyOf(provider, name)),
    put: (account) => documents(account.provider, account.name).put(keyOf(account.provider, account.name), account),
    remove: (provider, name) => overwrite(closed, keyOf(provider, name), null),
    async list() {
      const accounts = []
      for await (const key of closed.keys()) {
        const [, provider, name] = ACCOUNT_KEY.exec(key) ?? []
        // A removed document leaves an empty file.
        const record = provider && name && (await closed.read(key))
        if (record) accounts.push({ provider, name, version: record.version })
      }
      return accounts.sort((a, b) => (keyOf(a.provider, a.name) < keyOf(b.provider, b.name) ? -1 : 1))
    },
    async openTokens(use) {
      if (profile.store === 'file') return openFiles(folders.tokens, sealer)
      const url = await settings.get(STORE_URL)
      if (url === undefined) throw new Failure(EXIT.storage, 'store', texts.messages.storeUrlMissing)
      return openStoreAt(url, sealer, session, use)
    },
    async moveTokens(url) {
      if (url !== undefined) {
        const target = await openStoreAt(url, sealer, session)
        try {
          await target.prepare()
          await target.store.read('probe')
        } finally {
          await target.close()
        }
        await settings.put(STORE_URL, url)
      }
      const next: Profile = { ...profile, store: url === undefined ? 'file' : storeKindOf(url, session) }
      await replaceProfile(folders, next)
      if (url === undefined) await settings.remove(STORE_URL)
      return next
    },
  }
}

const ACCOUNT_KEY = /^account:([^/]+)\/(.+)$/

function keyOf(provider: string, name: string): string {
  return `account:${provider}/${name}`
}

/** Says where the key is, because the key and the sealed files together open the accounts. */
export function sayWhereKeyIs(session: Session, { profile, folders }: Keyring): void {
  const { texts } = session
  const place = { keychain: texts.messages.keyInKeychain, environment: texts.messages.keyInEnvironment }
  const inFile = texts.messages.keyInFile(keyFile(folders.config, profile.keyId))
  say(session, profile.keyPlace === 'file' ? inFile : place[profile.keyPlace])
}
