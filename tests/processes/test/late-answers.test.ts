import { proveRows } from './support/prove-rows.ts'
import { LATE_ANSWERS } from './support/rows/late-answers.ts'
import { UNREADABLE_ANSWERS } from './support/rows/unreadable-answers.ts'

proveRows(LATE_ANSWERS)
proveRows(UNREADABLE_ANSWERS)
