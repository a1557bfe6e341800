import type { ErrorCode, TokenEvent } from '@chaveiro/core'
import { fileStore } from '@chaveiro/stores/file'
import { documentsIn } from '../stores/documents.ts'
import type { ProfileFolders } from './folders.ts'

/** What one account went through, as commands that are long over saw it. Nothing in it is secret. */
export interface JournalEntry {
  /** Epoch milliseconds of the last new token. */
  readonly refreshedAt?: number | undefined
  readonly lastFailure?: { readonly code: ErrorCode; readonly at: number } | undefined
  /** Epoch milliseconds before which the provider wants no call. */
  readonly nextAttemptAt?: number | undefined
}

/** Remembers beyond the end of a command what the engine knows only while it runs. */
export interface Journal {
  read(provider: string, name: string): Promise<JournalEntry>
  note(provider: string, name: string, entry: JournalEntry): Promise<void>
  forget(provider: string, name: string): Promise<void>
}

export function openJournal({ journal }: ProfileFolders): Journal {
  const store = fileStore({ directory: journal })
  const documents = documentsIn<JournalEntry>(store, () => new Error('The journal is damaged.'))
  return {
    read: async (provider, name) => (await quietly(() => documents.get(`${provider}/${name}`))) ?? {},
    note: async (provider, name, entry) => quietly(() => documents.put(`${provider}/${name}`, entry)),
    forget: async (provider, name) => quietly(() => documents.remove(`${provider}/${name}`)),
  }
}

/** Where nothing is to be written. */
export const noJournal: Journal = {
  read: async () => ({}),
  note: async () => {},
  forget: async () => {},
}

/** What an event adds to the journal; `undefined`: nothing. */
export function entryOf(event: TokenEvent, now: number): JournalEntry | undefined {
  // A token that was found in the store is nothing new.
  if (event.type === 'refresh.done') return event.source === 'provider' ? { refreshedAt: now } : undefined
  if (event.type !== 'refresh.failed' || event.code === undefined) return undefined
  return { lastFailure: { code: event.code, at: now } }
}

/** Adds an event to what is known of the account; a new token ends the trouble before it. */
export async function noteEvent(journal: Journal, provider: string, name: string, event: TokenEvent): Promise<void> {
  const entry = entryOf(event, Date.now())
  if (entry === undefined) return
  const before = entry.refreshedAt === undefined ? await journal.read(provider, name) : {}
  await journal.note(provider, name, { ...before, ...entry })
}

/** The journal is a convenience: a full disk or a read-only home must not block a token. */
async function quietly<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work()
  } catch {
    return undefined
  }
}
