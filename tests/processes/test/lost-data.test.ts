import { proveRows } from './support/prove-rows.ts'
import { LOST_DATA } from './support/rows/lost-data.ts'

proveRows(LOST_DATA)
