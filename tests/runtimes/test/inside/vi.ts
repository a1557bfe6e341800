import { fn } from '@vitest/spy'

/** The part of vitest's `vi` that needs no module loader. */
export const vi = { fn }
