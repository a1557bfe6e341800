import { proveRows } from './support/prove-rows.ts'
import { WRONG_CLOCKS } from './support/rows/wrong-clocks.ts'

proveRows(WRONG_CLOCKS)
