import type { TokenRecord } from '../../shared/record.ts'
import type { TokenStore } from '../../shared/token-store.ts'
import { expectConflict, expectStored, expectThat } from './expectations.ts'
import type { Conformance, ConformanceTests } from './suite.ts'

// As the engine writes them: an account with a token, and one that was signed out.
const TOKEN = recordText({
  generation: 3,
  token: { accessToken: 'suite-access', obtainedAt: 0, expiresAt: 3_600_000 },
})
const END = recordText({ generation: 4, ended: true })
const LATE = TOKEN.replace('suite-access', 'late-access')

const SHORT_LIFE_MS = 50
const ATTEMPTS = 5
// They take one and a half times as long as the token lives.
const LOOKS = 15

// A record has this long to disappear; a store that ignores times to live keeps it, which the contract allows.
const ALMOST_AT_ONCE_MS = 1

/**
 * An absent record counts as lost, so processes that still hold a token put it back. A store that drops the record of an
 * end, or lets a late commit replace it, therefore signs the account in again.
 */
export function endTests({ open, key, durable }: Conformance): ConformanceTests {
  return {
    'a record that an end has replaced stays, whatever late commits expect': async () => {
      const store = await open()
      const name = key()
      const token = await store.commit(name, TOKEN, null)
      const end = await store.commit(name, END, token)
      await expectEnd(store, name, end)
      await expectConflict(store.commit(name, LATE, token))
      await expectConflict(store.commit(name, LATE, null))
      await expectConflict(store.commit(name, null, token))
      await expectEnd(store, name, end)
      await store[Symbol.asyncDispose]()
      if (!durable) return
      await using other = await open()
      await expectEnd(other, name, end)
      await expectConflict(other.commit(name, LATE, token))
      await expectEnd(other, name, end)
    },
    'a record that an end has replaced stays when the time to live of the token before it is over': async () => {
      await using store = await open()
      const { name, end, ttlMs } = await endedInTime(store, key)
      const witness = key()
      await store.commit(witness, TOKEN, null, { ttlMs })
      // A store that ignores times to live keeps it, and then the end as well.
      for (let looks = 0; looks < LOOKS && (await store.read(witness)); looks += 1) await pause(ttlMs / 10)
      await expectEnd(store, name, end)
    },
    'a record whose time to live is over is gone for commits too, if it is for reads': async () => {
      await using store = await open()
      const name = key()
      const old = await store.commit(name, TOKEN, null, { ttlMs: ALMOST_AT_ONCE_MS })
      for (let looks = 0; looks < LOOKS && (await store.read(name)); looks += 1) await pause(ALMOST_AT_ONCE_MS)
      if (await store.read(name)) return
      await expectConflict(store.commit(name, LATE, old))
      await expectConflict(store.commit(name, null, old))
      await store.commit(name, null, null)
      // It begins again without an end.
      const next = await store.commit(name, END, null)
      await pause(ALMOST_AT_ONCE_MS * 2)
      await expectEnd(store, name, next)
      await expectConflict(store.commit(name, LATE, null))
    },
  }
}

async function expectEnd(store: TokenStore, key: string, version: string): Promise<void> {
  const record = await store.read(key)
  const isThere = record !== undefined && record !== null
  expectThat(isThere, 'The record of an end is gone. It has to stay, because an absent record counts as lost.')
  await expectStored(store, key, version, END)
}

interface Ended {
  readonly name: string
  /** The version of the end. */
  readonly end: string
  /** How long the token before it had to live. */
  readonly ttlMs: number
}

/** Ends an account whose token has a time to live. If that is over already, on a slow machine, one that lives longer. */
async function endedInTime(store: TokenStore, key: () => string): Promise<Ended> {
  for (let attempt = 0; ; attempt += 1) {
    const name = key()
    const ttlMs = SHORT_LIFE_MS * 2 ** attempt
    const token = await store.commit(name, TOKEN, null, { ttlMs })
    try {
      return { name, end: await store.commit(name, END, token), ttlMs }
    } catch (error) {
      if (attempt === ATTEMPTS) throw error
    }
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, ms))
}

function recordText(more: Omit<TokenRecord, 'v' | 'lineage'>): string {
  const record: TokenRecord = { v: 1, lineage: 'lineage-of-the-suite', ...more }
  return JSON.stringify(record)
}
