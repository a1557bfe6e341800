import { proveRows } from './support/prove-rows.ts'
import { FAILING_POSTGRES } from './support/rows/failing-postgres.ts'
import { FAILING_REDIS } from './support/rows/failing-redis.ts'

proveRows(FAILING_REDIS)
proveRows(FAILING_POSTGRES)
