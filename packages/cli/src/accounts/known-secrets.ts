import type { InputFact } from '@chaveiro/core/provider'
import { type SharedStore, shared, type TokenStore } from '@chaveiro/core/shared'
import type { AccountDocument } from './keyring.ts'

/** Every secret that passes through a command: what is typed, and what the store keeps. */
export interface KnownSecrets {
  /** The same store, listened to. */
  readonly store: SharedStore
  /** All that are known by now. */
  readonly list: () => readonly string[]
}

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
  const known = new Set(typed)
  const learn = (record: string | undefined | null): void => {
    for (const secret of secretsIn(record)) known.add(secret)
  }
  return {
    list: () => [...known],
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
