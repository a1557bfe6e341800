import { fileStore } from '@chaveiro/stores/file'
import type { Sealer } from '@chaveiro/stores/sealer'
import { EXIT } from '../session/exit-code.ts'
import { Failure } from '../session/failure.ts'
import type { Session } from '../session/session.ts'
import type { OpenStore, StoreUse } from './drivers.ts'

/** The URL of a store, which may hold a password: a variable does not show in the list of processes. */
export const URL_VARIABLE = 'CHAVEIRO_STORE_URL'

/** Where tokens are kept. */
export type StoreKind = 'file' | 'redis' | 'postgres'

/** What kind of store a URL is for. */
export function storeKindOf(url: string, { texts }: Session): Exclude<StoreKind, 'file'> {
  const protocol = URL.canParse(url) ? new URL(url).protocol : undefined
  if (protocol === 'redis:' || protocol === 'rediss:') return 'redis'
  if (protocol === 'postgres:' || protocol === 'postgresql:') return 'postgres'
  // Not quoted: it may hold a password.
  throw new Failure(EXIT.usage, 'usage', texts.messages.badStoreUrl)
}

/** Opens a store by its URL. */
export async function openStoreAt(
  url: string,
  sealer: Sealer,
  session: Session,
  use: StoreUse = 'brief',
): Promise<OpenStore> {
  if (storeKindOf(url, session) === 'redis') {
    const { openRedis } = await import('./redis.ts')
    return openRedis(url, sealer, session, use)
  }
  const { openPostgres } = await import('./postgres.ts')
  return openPostgres(url, sealer, session, use)
}

/** Opens the store of files. */
export async function openFiles(directory: string, sealer: Sealer): Promise<OpenStore> {
  const store = fileStore({ directory, sealer })
  return { store, outlivesProcess: true, prepare: async () => {}, close: async () => store[Symbol.asyncDispose]() }
}
