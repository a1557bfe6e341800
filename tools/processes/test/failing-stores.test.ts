import { proveRows } from './support/prove-rows.ts'
import { FAILING_REDIS } from './support/rows/failing-redis.ts'

proveRows(FAILING_REDIS)
