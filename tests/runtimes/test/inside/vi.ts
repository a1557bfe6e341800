import { fn, restoreAllMocks, spyOn } from '@vitest/spy'

/** The part of vitest's `vi` that needs no module loader. */
export const vi = { fn, restoreAllMocks, spyOn }
