import { firstCallOf } from '../spec/lifecycle.ts'
import type { Operation } from '../spec/operations.ts'
import { issuedSchemes } from '../spec/spec.ts'
import type { Rule } from './rule.ts'

/** An operation that needs a token says what it answers without a good one. */
export const checkGuardedOperations: Rule = ({ model }) => {
  // One that needs the token that it issues is reported for that.
  const needsItself = ({ id, security }: Operation): boolean =>
    issuedSchemes(model).some(
      ({ name, lifecycle }) => firstCallOf(lifecycle)?.operationId === id && security.includes(name),
    )
  return model.operations
    .filter((operation) => !needsItself(operation))
    .filter((operation) => operation.security.length > 0 && !operation.statuses.includes('401'))
    .map((operation) => ({
      at: [...operation.at, 'responses'],
      sentence: `\`${operation.id}\` needs a token and documents no 401. Add it; say \`undocumented\` in its description where it is.`,
    }))
}
