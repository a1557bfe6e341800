import { checkApi } from './check-api.ts'
import { checkAssertions } from './check-assertions.ts'
import { checkBindings } from './check-bindings.ts'
import { checkBoundValues } from './check-bound-values.ts'
import { checkByHand } from './check-by-hand.ts'
import { checkCalls } from './check-calls.ts'
import { checkCertificates } from './check-certificates.ts'
import { checkConsent } from './check-consent.ts'
import { checkConstants } from './check-constants.ts'
import { checkCycles } from './check-cycles.ts'
import { checkExpiry } from './check-expiry.ts'
import { checkExpiryTypes } from './check-expiry-types.ts'
import { checkExtensions } from './check-extensions.ts'
import { checkGuardedOperations } from './check-guarded-operations.ts'
import { checkHeaderParameters } from './check-header-parameters.ts'
import { checkInputKinds } from './check-input-kinds.ts'
import { checkInputs, checkUnusedInputs } from './check-inputs.ts'
import { checkKeptTypes } from './check-kept-types.ts'
import { checkLimits } from './check-limits.ts'
import { checkMatchers } from './check-matchers.ts'
import { checkMediaTypes } from './check-media-types.ts'
import { checkOperationIds } from './check-operation-ids.ts'
import { checkOptionalInputs } from './check-optional-inputs.ts'
import { checkParents } from './check-parents.ts'
import { checkPatterns } from './check-patterns.ts'
import { checkPointers } from './check-pointers.ts'
import { checkReferences } from './check-references.ts'
import { checkRefreshTokens } from './check-refresh-tokens.ts'
import { checkScopes } from './check-scopes.ts'
import { checkSecuritySchemes } from './check-security-schemes.ts'
import { checkServers } from './check-servers.ts'
import { checkSharedInputs } from './check-shared-inputs.ts'
import { checkSources } from './check-sources.ts'
import { checkSupported } from './check-supported.ts'
import { checkTokenTypes } from './check-token-types.ts'
import { checkVariables } from './check-variables.ts'
import { checkWords } from './check-words.ts'
import type { Rule } from './rule.ts'

/** What is not sent because something else is wrong is not a second mistake. */
const misboundBy: readonly Rule[] = [
  checkReferences,
  checkInputs,
  checkBindings,
  checkBoundValues,
  checkConsent,
  checkApi,
  checkInputKinds,
  checkSupported,
]

/** Our own rules, by name. A rule that reads lifecycles skips those that `checkWords` reports. */
export const rules: Readonly<Record<string, Rule>> = {
  words: checkWords,
  extensions: checkExtensions,
  references: checkReferences,
  servers: checkServers,
  variables: unless([checkInputs], checkVariables),
  patterns: unless([checkVariables], checkPatterns),
  'operation-ids': checkOperationIds,
  calls: unless([checkOperationIds], checkCalls),
  cycles: unless([checkReferences], checkCycles),
  'media-types': unless([checkReferences], checkMediaTypes),
  pointers: unless([checkReferences], checkPointers),
  bindings: unless([checkReferences], checkBindings),
  'by-hand': unless([checkReferences], checkByHand),
  constants: unless([checkReferences], checkConstants),
  matchers: unless([checkReferences], checkMatchers),
  'bound-values': checkBoundValues,
  api: checkApi,
  certificates: unless([checkInputs], checkCertificates),
  inputs: checkInputs,
  'input-kinds': checkInputKinds,
  'optional-inputs': unless([checkReferences], checkOptionalInputs),
  'shared-inputs': checkSharedInputs,
  parents: checkParents,
  consent: checkConsent,
  'security-schemes': unless([checkExtensions, checkWords], checkSecuritySchemes),
  assertions: unless([checkReferences], checkAssertions),
  'kept-types': unless([checkReferences], checkKeptTypes),
  'token-types': checkTokenTypes,
  'header-parameters': checkHeaderParameters,
  scopes: unless([checkReferences], checkScopes),
  'unused-inputs': unless(misboundBy, checkUnusedInputs),
  'refresh-tokens': unless(misboundBy, checkRefreshTokens),
  limits: checkLimits,
  expiry: checkExpiry,
  'expiry-types': unless([checkReferences], checkExpiryTypes),
  'guarded-operations': checkGuardedOperations,
  sources: checkSources,
  supported: unless([checkExtensions], checkSupported),
}

/** A rule that would only repeat what others find: it is silent where one of them speaks. */
function unless(others: readonly Rule[], rule: Rule): Rule {
  return (subject) => (others.some((other) => other(subject).length > 0) ? [] : rule(subject))
}
