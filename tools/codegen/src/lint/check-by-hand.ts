import { type ByHand, isByHand } from '../spec/by-hand.ts'
import { parentsOf } from '../spec/call-security.ts'
import { parseExpression } from '../spec/expression.ts'
import type { KeyPath } from '../spec/json.ts'
import { callsOf, type IssuedLifecycle } from '../spec/lifecycle.ts'
import type { Problem } from '../spec/problem.ts'
import { issuedSchemes } from '../spec/spec.ts'
import type { Rule } from './rule.ts'

/** What is written by hand is stated anyway, but for its bindings, which nothing would read. */
export const checkByHand: Rule = ({ model }) =>
  issuedSchemes(model).flatMap((scheme) => [
    ...checkMembers(scheme.lifecycle, scheme.at),
    ...checkBindings(scheme.lifecycle, scheme.at),
    ...parentsOf(model, scheme)
      .filter(({ lifecycle }) => lifecycle.byHand !== undefined)
      .map(({ name, at }) => ({
        at: [...at, 'byHand'],
        sentence: `\`${scheme.name}\` needs a token of \`${name}\`, and the generator does not pass what is written by hand on to it.`,
      })),
  ])

function checkMembers(lifecycle: IssuedLifecycle, at: KeyPath): readonly Problem[] {
  const keys: readonly string[] = callsOf(lifecycle).map(({ key }) => key)
  return (lifecycle.byHand ?? []).flatMap((member, index): readonly Problem[] => {
    if (member === 'authorize' || keys.includes(member)) return []
    const sentence = `This lifecycle has no \`${member}\`. Say what the documents do: its operation, and what its answer holds.`
    return [{ at: [...at, 'byHand', index], sentence }]
  })
}

function checkBindings(lifecycle: IssuedLifecycle, at: KeyPath): readonly Problem[] {
  return [...checkApi(lifecycle, at), ...checkCalls(lifecycle, at)]
}

/** Headers of the token's own values are put on requests with it. */
function checkApi(lifecycle: IssuedLifecycle, at: KeyPath): readonly Problem[] {
  if (!isByHand(lifecycle, 'authorize')) return []
  return Object.entries(lifecycle.api?.parameters ?? {})
    .filter(([name, value]) => name.startsWith('header.') && parseExpression(value).kind !== 'input')
    .map(([name]) => ({ at: [...at, 'api', 'parameters', name], sentence: unread('authorize') }))
}

function checkCalls(lifecycle: IssuedLifecycle, at: KeyPath): readonly Problem[] {
  return callsOf(lifecycle)
    .filter(({ key }) => isByHand(lifecycle, key))
    .flatMap(({ key, at: place, call }) =>
      (['parameters', 'body', 'security'] as const)
        .filter((word) => call[word] !== undefined)
        .map((word) => ({
          at: [...at, ...place, word],
          sentence: unread(key),
        })),
    )
}

function unread(member: ByHand): string {
  return `\`${member}\` is written by hand, so nothing reads this. Leave it out.`
}
