import { setTimeout } from 'node:timers/promises'
import type { Client } from '../providers/cli-provider.ts'
import type { JournalEntry } from './journal.ts'

// Longer than reading another process's claim takes. close() waits for a call that was sent, however long it takes.
const PATIENCE_MS = 2_000
const LEAVE_ALONE_MS = 60_000

/** The background refreshes of a client: what it gives to `waitUntil`. */
export interface Background {
  readonly add: (refresh: Promise<unknown>) => void
  readonly ended: () => Promise<unknown>
}

export function background(): Background {
  const refreshes: Promise<unknown>[] = []
  return { add: (refresh) => void refreshes.push(refresh), ended: () => Promise.allSettled(refreshes) }
}

/**
 * Refreshes a token whose end comes near, once its old one has been used: the engine would do so in the background, and a
 * command has none. What failed a moment ago, in this command or another, is left alone.
 */
export async function refreshAhead(
  client: Client,
  { ended }: Background,
  past: () => Promise<JournalEntry>,
): Promise<void> {
  if ((await client.status()).state !== 'in-window') return
  const { lastFailure } = await past()
  if (lastFailure !== undefined && Math.abs(Date.now() - lastFailure.at) < LEAVE_ALONE_MS) return
  await client.getToken()
  const patience = new AbortController()
  await Promise.race([ended(), setTimeout(PATIENCE_MS, undefined, { signal: patience.signal }).catch(() => {})])
  patience.abort()
}
