import type { TokenStore } from '@chaveiro/core/shared'
import { documentsIn } from '../../stores/documents.ts'
import type { KeyUses } from './key-place.ts'

interface Use {
  /** Epoch milliseconds. */
  readonly at: number
}

/** When keys were last used, in a store. It is a convenience: a full disk must not keep a caller from a token. */
export function keyUses(store: TokenStore): KeyUses {
  const uses = documentsIn<Use>(store, () => new Error('The last use of a key is damaged.'))
  const nameOf = (id: string): string => `serve-key-use:${id}`
  return {
    read: async (id) => (await uses.get(nameOf(id)).catch(() => undefined))?.at,
    note: (id, at) => uses.put(nameOf(id), { at }).catch(() => {}),
    forget: (id) => uses.remove(nameOf(id)).catch(() => {}),
  }
}
