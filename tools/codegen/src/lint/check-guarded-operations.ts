import type { Rule } from './rule.ts'

/** An operation that needs a token says what it answers without a good one. */
export const checkGuardedOperations: Rule = ({ model }) =>
  model.operations
    .filter((operation) => operation.security.length > 0 && !operation.statuses.includes('401'))
    .map((operation) => ({
      at: [...operation.at, 'responses'],
      sentence: `\`${operation.id}\` needs a token and documents no 401. Add it; say \`undocumented\` in its description where it is.`,
    }))
