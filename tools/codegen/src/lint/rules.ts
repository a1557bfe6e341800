import { checkBindings } from './check-bindings.ts'
import { checkBoundValues } from './check-bound-values.ts'
import { checkCalls } from './check-calls.ts'
import { checkCycles } from './check-cycles.ts'
import { checkExpiry } from './check-expiry.ts'
import { checkGuardedOperations } from './check-guarded-operations.ts'
import { checkInputKinds } from './check-input-kinds.ts'
import { checkInputs } from './check-inputs.ts'
import { checkOperationIds } from './check-operation-ids.ts'
import { checkParents } from './check-parents.ts'
import { checkPointers } from './check-pointers.ts'
import { checkServers } from './check-servers.ts'
import { checkSharedInputs } from './check-shared-inputs.ts'
import { checkSources } from './check-sources.ts'
import { checkSupported } from './check-supported.ts'
import { checkWords } from './check-words.ts'
import type { Rule } from './rule.ts'

/** Our own rules, by name. A rule that reads lifecycles skips those that `checkWords` reports. */
export const rules: Readonly<Record<string, Rule>> = {
  words: checkWords,
  servers: checkServers,
  'operation-ids': checkOperationIds,
  calls: checkCalls,
  cycles: checkCycles,
  pointers: checkPointers,
  bindings: checkBindings,
  'bound-values': checkBoundValues,
  inputs: checkInputs,
  'input-kinds': checkInputKinds,
  'shared-inputs': checkSharedInputs,
  parents: checkParents,
  expiry: checkExpiry,
  'guarded-operations': checkGuardedOperations,
  sources: checkSources,
  supported: checkSupported,
}
