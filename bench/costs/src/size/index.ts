// What `test:packages` measures too: on the packed packages, against the same budgets.
export { type EntrySize, entrySize } from './entry-size.ts'
export { SIZE_BUDGETS, type SizeBudget } from './size-budgets.ts'
