import { checkBindings } from './check-bindings.ts'
import { checkCalls } from './check-calls.ts'
import { checkCycles } from './check-cycles.ts'
import { checkExpiry } from './check-expiry.ts'
import { checkGuardedOperations } from './check-guarded-operations.ts'
import { checkInputs } from './check-inputs.ts'
import { checkOperationIds } from './check-operation-ids.ts'
import { checkPointers } from './check-pointers.ts'
import { checkServers } from './check-servers.ts'
import { checkSources } from './check-sources.ts'
import { checkWords } from './check-words.ts'
import type { Rule } from './rule.ts'

/** Our own rules, beside Redocly's. A rule that reads lifecycles skips those that `checkWords` reports. */
export const rules: readonly Rule[] = [
  checkWords,
  checkServers,
  checkOperationIds,
  checkCalls,
  checkCycles,
  checkPointers,
  checkBindings,
  checkInputs,
  checkExpiry,
  checkGuardedOperations,
  checkSources,
]
