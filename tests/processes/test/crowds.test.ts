import { proveRows } from './support/prove-rows.ts'
import { CROWDS } from './support/rows/crowds.ts'

proveRows(CROWDS)
