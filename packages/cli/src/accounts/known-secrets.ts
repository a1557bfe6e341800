import type { InputFact } from '@chaveiro/core/provider'
import { type SharedStore, shared, type TokenStore } from '@chaveiro/core/shared'
import type { AccountDocument } from './keyring.ts'

/** Every secret that passes through a command: what is typed, and what the store keeps. */
export interface KnownSecrets {
  /** The same store, listened to. */
  readonly store: SharedStore
  /** All that are known by now; the same list until that changes. */
  readonly list: () => readonly string[]
}

// A renewal brings two or three. A server that runs for years would otherwise search each answer for every token that it ever
// had: what is older than the last ten renewals has been replaced that often, and providers let at most a few tokens of an
// account live at once.
const LEARNED = 32

/**
 * Listens to a store, because the record of an account has all of its tokens: the one that is sent, the one that renews it,
 * and those that a renewal brings while the command runs.
 */
export function knownSecrets(
  store: TokenStore,
  { inputs }: AccountDocument,
  facts: Readonly<Record<string, InputFact>>,
): KnownSecrets {
  const typed = Object.entries(inputs).flatMap(([name, value]) => (facts[name]?.secret === true ? [value] : []))
  const learned = new Set<string>()
  let all: readonly string[] | undefined
  const learn = (record: string | undefined | null): void => {
    const found = secretsIn(record)
    for (const secret of found) {
      // Those that were seen last come last.
      if (!learned.delete(secret)) all = undefined
      learned.add(secret)
    }
    for (const oldest of learned) {
      if (learned.size <= Math.max(LEARNED, found.length)) break
      learned.delete(oldest)
    }
  }
  return {
    list: () => {
      all ??= [...new Set([...typed, ...learned])]
      return all
    },
    store: shared({
      sealed: store.sealed,
      async read(key, options) {
        const found = await store.read(key, options)
        learn(found?.value)
        return found
      },
      commit(key, next, expect, options) {
        learn(next)
        return store.commit(key, next, expect, options)
      },
      [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
    }),
  }
}

const SECRET = /token|secret|password/i

/** The strings of a record whose name says that they are secret, wherever they are in it. */
function secretsIn(record: string | undefined | null): string[] {
  const found: string[] = []
  try {
    JSON.parse(record ?? 'null', (name, value: unknown) => {
      if (typeof value === 'string' && SECRET.test(name)) found.push(value)
      return value
    })
  } catch {
    // A record that does not read as JSON is refused by the engine.
  }
  return found
}
