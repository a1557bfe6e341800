import { inputsOfClaim, isAssertion, isPerServer } from '../spec/assertion.ts'
import { bodyFields } from '../spec/body-fields.ts'
import type { BoundAssertion, ClaimValue } from '../spec/bound-value.ts'
import { didYouMean } from '../spec/did-you-mean.ts'
import { durationMs } from '../spec/duration.ts'
import { parseExpression } from '../spec/expression.ts'
import type { Json, KeyPath } from '../spec/json.ts'
import { callsOf, type IssuedLifecycle } from '../spec/lifecycle.ts'
import type { Problem } from '../spec/problem.ts'
import { follow } from '../spec/references.ts'
import { fieldSchema } from '../spec/schema-pointer.ts'
import { issuedSchemes, operationOf, type SpecModel } from '../spec/spec.ts'
import type { Rule } from './rule.ts'

/** An assertion is a text, signed with a secret key, and says only what anyone may read, for each of the servers. */
export const checkAssertions: Rule = ({ model }) =>
  issuedSchemes(model).flatMap((scheme) =>
    callsOf(scheme.lifecycle).flatMap(({ at: place, call }) => {
      const schema = follow(model.document, operationOf(model, call.operationId)?.body?.schema)
      return bodyFields(call).flatMap(({ key, path, value }): readonly Problem[] => {
        if (!isAssertion(value)) return []
        const at = [...scheme.at, ...place, 'body', key]
        const problems = [
          ...checkField(model, fieldSchema(model.document, schema, path), at),
          ...checkAssertion(model, scheme.lifecycle, value, [...at, 'assertion']),
        ]
        return problems
      })
    }),
  )

function checkField(model: SpecModel, schema: Json | undefined, at: KeyPath): readonly Problem[] {
  const { type = 'string' } = follow(model.document, schema)
  return [type].flat().includes('string')
    ? []
    : [{ at, sentence: 'An assertion is a text, and this field takes none.' }]
}

function checkAssertion(
  model: SpecModel,
  { inputs }: IssuedLifecycle,
  { assertion }: BoundAssertion,
  at: KeyPath,
): readonly Problem[] {
  const problems: Problem[] = []
  const key = parseExpression(assertion.key)
  const input = key.kind === 'input' ? inputs[key.name] : undefined
  if (input !== undefined && input.secret !== true) {
    problems.push({ at: [...at, 'key'], sentence: 'A private key is a secret. Give the input `secret: true`.' })
  }
  if (input?.optional === true) {
    const sentence = 'Nothing can be signed without a key. Take `optional` away from the input.'
    problems.push({ at: [...at, 'key'], sentence })
  }
  if (isShort(assertion.lifetime)) {
    problems.push({ at: [...at, 'lifetime'], sentence: 'An assertion has to live for a second at least: PT5M.' })
  }
  for (const [name, claim] of Object.entries(assertion.claims)) {
    problems.push(...checkClaim(model, inputs, claim, [...at, 'claims', name]))
  }
  return problems
}

/** What isn't a duration at all is found by the schema. */
function isShort(lifetime: string): boolean {
  return durationMs(lifetime) < 1000
}

function checkClaim(
  model: SpecModel,
  inputs: IssuedLifecycle['inputs'],
  claim: ClaimValue,
  at: KeyPath,
): readonly Problem[] {
  if (isPerServer(claim)) return checkServers(model, Object.keys(claim), at)
  if (typeof claim === 'object') return []
  const { kind } = parseExpression(claim)
  // What an answer says is found elsewhere not to be there yet.
  if (kind === 'body' || kind === 'header') return []
  if (kind !== 'input' && kind !== 'constant') {
    return [
      { at, sentence: `\`${String(claim)}\` is not a claim. Take an input, a constant, or the account's scopes.` },
    ]
  }
  const isSecret = inputsOfClaim(claim).some((name) => inputs[name]?.secret === true)
  return isSecret ? [{ at, sentence: 'Anyone who sees an assertion can read it, so no claim is secret.' }] : []
}

function checkServers({ servers }: SpecModel, stated: readonly string[], at: KeyPath): readonly Problem[] {
  const known = servers.map(({ name }) => name)
  const missing = known.filter((name) => !stated.includes(name))
  return [
    ...stated
      .filter((name) => !known.includes(name))
      .map((name) => ({
        at: [...at, name],
        sentence: `There is no server \`${name}\`.`,
        suggest: didYouMean(name, known),
      })),
    ...missing.map((name) => ({ at, sentence: `It says nothing for the server \`${name}\`.` })),
  ]
}
