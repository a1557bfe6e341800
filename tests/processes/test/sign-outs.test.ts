import { proveRows } from './support/prove-rows.ts'
import { SIGN_OUTS } from './support/rows/sign-outs.ts'

proveRows(SIGN_OUTS)
