import { isChaveiroError } from '@chaveiro/core'
import type { TokenStore } from '@chaveiro/core/shared'

/** Writes over whatever is there, as often as somebody else comes in between: the last one counts. `null` deletes. */
export async function overwrite(store: TokenStore, key: string, value: string | null): Promise<void> {
  for (;;) {
    const there = await store.read(key)
    if (value === null && !there) return
    try {
      await store.commit(key, value, there?.version ?? null)
      return
    } catch (error) {
      if (!isChaveiroError(error) || error.code !== 'conflict') throw error
    }
  }
}
