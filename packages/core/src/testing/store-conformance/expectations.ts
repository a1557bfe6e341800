import { isChaveiroError } from '../../errors.ts'
import type { StoredRecord, TokenStore } from '../../shared/token-store.ts'

/** Fails with a sentence. No runner's assertions are used, so that any runner will do. */
export function expectThat(holds: boolean, sentence: string): asserts holds {
  if (!holds) throw new Error(sentence)
}

/** The record, which has to be there. */
export async function expectRecord(store: TokenStore, key: string): Promise<StoredRecord> {
  const record = await store.read(key)
  expectThat(record !== undefined && record !== null, 'A record that was committed reads as absent.')
  return record
}

/** The record has this version and this value. */
export async function expectStored(store: TokenStore, key: string, version: string, value: string): Promise<void> {
  const record = await expectRecord(store, key)
  expectThat(record.value === value, `The record reads as ${shown(record.value)} instead of ${shown(value)}.`)
  expectThat(record.version === version, 'The record has another version than its commit gave.')
}

export async function expectAbsent(store: TokenStore, key: string): Promise<void> {
  const record = await store.read(key)
  if (record === undefined || record === null) return
  const what = typeof record === 'object' ? `a record with the value ${shown(record.value)}` : `a ${typeof record}`
  throw new Error(`A record that is absent reads as ${what}. read() has to answer undefined or null for it.`)
}

/** The commit is refused with code `conflict`. */
export async function expectConflict(commit: Promise<unknown>): Promise<void> {
  const failure = await commit.then(
    () => undefined,
    (reason: unknown) => ({ reason }),
  )
  expectThat(failure !== undefined, 'A commit that had to conflict went through.')
  const error = failure.reason
  expectThat(isChaveiroError(error), 'A conflict came as something other than a ChaveiroError.')
  expectThat(error.code === 'conflict', `A conflict has the code ${error.code} instead of conflict.`)
}

/** How many of these commits went through; the others have to be conflicts. */
export async function winnersOf(commits: readonly Promise<string>[]): Promise<readonly string[]> {
  const ends = await Promise.allSettled(commits)
  const lost = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason] : []))
  for (const reason of lost) await expectConflict(Promise.reject(reason))
  return ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []))
}

function shown(value: string | undefined): string {
  if (value === undefined) return 'undefined'
  return value.length > 60 ? `a text of ${value.length} characters` : JSON.stringify(value)
}
