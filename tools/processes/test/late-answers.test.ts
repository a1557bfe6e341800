import { proveRows } from './support/prove-rows.ts'
import { LATE_ANSWERS } from './support/rows/late-answers.ts'

proveRows(LATE_ANSWERS)
