import { createSealer, generateKey, type Sealer } from '@chaveiro/stores/sealer'

/** Seals with a key that stands for this run of the tests. */
export const testSealer: Sealer = createSealer({ keys: [{ id: 'test', key: generateKey() }] })
