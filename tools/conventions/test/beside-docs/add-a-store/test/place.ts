import type { StoredRecord } from '@chaveiro/core/shared'
import type { RawRecords } from '@chaveiro/core/testing'

/** What the place's driver would be. */
export const client: Map<string, StoredRecord> = new Map()

export const raw: RawRecords = {
  async read(key) {
    return client.get(key)?.value ?? ''
  },
  async write(key, value) {
    client.set(key, { version: crypto.randomUUID(), value })
  },
}
