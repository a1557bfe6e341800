import { ChaveiroError, isChaveiroError } from '@chaveiro/core'
import type { TokenStore } from '@chaveiro/core/shared'
import type { ServeTexts } from '../../messages/serve.en.ts'
import { type KeyDocument, NO_KEYS, readKeyDocument } from './key-document.ts'
import type { KeyPlace } from './key-place.ts'
import { keyUses } from './key-uses.ts'

const RECORD = 'serve-keys'

/** The keys of all replicas, in the store that has their tokens. */
export function sharedKeys(store: TokenStore, name: string, texts: ServeTexts): KeyPlace {
  const read = async (): Promise<{ document: KeyDocument; version: string | null }> => {
    const record = await store.read(RECORD)
    if (!record) return { document: NO_KEYS, version: null }
    const document = record.value === undefined ? undefined : readKeyDocument(record.value)
    if (document === undefined) throw new ChaveiroError('store', texts.keys.recordUnreadable)
    return { document, version: record.version }
  }
  return {
    shown: name,
    read: async () => (await read()).document,
    async change(edit) {
      for (;;) {
        const { document, version } = await read()
        try {
          await store.commit(RECORD, JSON.stringify(edit(document)), version)
          return
        } catch (error) {
          // Another command was faster: its change is read, and ours is made on top of it.
          if (!isChaveiroError(error) || error.code !== 'conflict') throw error
        }
      }
    },
    uses: keyUses(store),
  }
}
