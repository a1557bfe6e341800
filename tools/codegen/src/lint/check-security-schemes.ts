import { callsOf } from '../spec/lifecycle.ts'
import { issuedSchemes } from '../spec/spec.ts'
import type { Rule } from './rule.ts'

/** A scheme has a lifecycle, or a call binds what satisfies it: otherwise requests would go out without it. */
export const checkSecuritySchemes: Rule = ({ model }) => {
  const called = issuedSchemes(model).flatMap(({ lifecycle }) => callsOf(lifecycle).map(({ call }) => call.operationId))
  // What a token call needs and nothing binds is reported at that call.
  const needed = model.operations.flatMap(({ id, security }) => (called.includes(id) ? security : []))
  const presented = issuedSchemes(model).flatMap(({ lifecycle }) => Object.keys(lifecycle.api?.security ?? {}))
  return model.securitySchemes
    .filter(({ name, hasLifecycle }) => !hasLifecycle && !needed.includes(name) && !presented.includes(name))
    .map(({ name, at }) => ({
      at,
      sentence: `Nothing issues what \`${name}\` asks for. Give it an \`x-token-lifecycle\`; \`supplied: true\` where the caller brings it.`,
    }))
}
