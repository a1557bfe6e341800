import type { Input } from '../spec/lifecycle.ts'
import type { Problem } from '../spec/problem.ts'
import { issuedSchemes } from '../spec/spec.ts'
import type { Rule } from './rule.ts'

/** The inputs of all lifecycles form one object: a name means one thing, and one name is the account's. */
export const checkSharedInputs: Rule = ({ model }) => {
  const seen = new Map<string, { readonly scheme: string; readonly input: Input }>()
  let identity: string | undefined
  return issuedSchemes(model).flatMap((scheme) =>
    Object.entries(scheme.lifecycle.inputs).flatMap(([name, input]): readonly Problem[] => {
      const at = [...scheme.at, 'inputs', name]
      const first = seen.get(name)
      if (first === undefined) seen.set(name, { scheme: scheme.name, input })
      else if (!sameFacts(first.input, input)) {
        return [{ at, sentence: `\`${name}\` states other facts than in \`${first.scheme}\`. Write the same in both.` }]
      }
      // A secret cannot name it, which is reported elsewhere.
      if (input.identity !== true || input.secret === true) return []
      identity ??= name
      return identity === name ? [] : [{ at, sentence: `The account is named by \`${identity}\` already.` }]
    }),
  )
}

function sameFacts(one: Input, other: Input): boolean {
  const sorted = (input: Input) => JSON.stringify(Object.entries(input).sort(([a], [b]) => (a < b ? -1 : 1)))
  return sorted(one) === sorted(other)
}
