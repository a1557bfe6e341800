import { memoryStore } from '@chaveiro/core/shared'
import { storeConformance } from '@chaveiro/core/testing'
import { describe, it } from 'vitest'

describe('the memory store', () => {
  storeConformance({ test: it, open: memoryStore, durable: false, sealed: true })
})
