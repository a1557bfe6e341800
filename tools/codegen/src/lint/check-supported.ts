import { parseExpression } from '../spec/expression.ts'
import type { KeyPath } from '../spec/json.ts'
import { type IssuedLifecycle, isFuture } from '../spec/lifecycle.ts'
import { type IssuedScheme, issuedSchemes, operationOf, type SpecModel } from '../spec/spec.ts'
import { expressionsOf } from './expressions.ts'
import type { Problem } from './problem.ts'
import type { Rule } from './rule.ts'

/** Words that the schema knows and the emitters do not write yet: better a sentence than code without them. */
export const checkSupported: Rule = ({ model }) => {
  const schemes = issuedSchemes(model)
  const [first, ...others] = schemes
  if (first === undefined) {
    return [
      {
        at: ['components', 'securitySchemes'],
        sentence: 'No security scheme has an `x-token-lifecycle` that issues a token.',
      },
    ]
  }
  return [
    ...others.map((scheme) => notYet(scheme.at, 'a second lifecycle in one document')),
    ...schemes.flatMap((scheme) => [...checkScheme(scheme), ...checkChains(model, scheme)]),
  ]
}

function checkScheme(scheme: IssuedScheme): readonly Problem[] {
  const { at, isBearer, lifecycle } = scheme
  const problems: Problem[] = []
  if (!isBearer) problems.push(notYet(at, 'a scheme other than `type: http, scheme: bearer`'))
  for (const key of ['revoke', 'list'] as const) {
    if (lifecycle[key] !== undefined) problems.push(notYet([...at, key], `\`${key}\``))
  }
  for (const [name, input] of Object.entries(lifecycle.inputs)) {
    if (input.kind === 'duration') problems.push(notYet([...at, 'inputs', name, 'kind'], '`kind: duration`'))
    if (input.default !== undefined) problems.push(notYet([...at, 'inputs', name, 'default'], '`default`'))
  }
  for (const expression of expressionsOf(scheme)) {
    if (parseExpression(expression.text).kind === 'header') problems.push(notYet(expression.at, '`$response.header`'))
  }
  return [...problems, ...checkValues(lifecycle, at)]
}

function checkValues(lifecycle: IssuedLifecycle, at: KeyPath): readonly Problem[] {
  return (['acquire', 'refresh'] as const).flatMap((key) => {
    const call = lifecycle[key]
    const futures = Object.entries(call?.body ?? {}).filter(([, value]) => isFuture(value))
    const refreshExpires = call?.refreshToken?.expires
    const otherwise = refreshExpires !== undefined && 'at' in refreshExpires ? refreshExpires.otherwise : undefined
    return [
      ...futures.map(([field]) => notYet([...at, key, 'body', field], '`future`')),
      ...(otherwise === undefined
        ? []
        : [notYet([...at, key, 'refreshToken', 'expires', 'otherwise'], '`otherwise` of a refresh token')]),
    ]
  })
}

/** A call that is secured by another scheme's own lifecycle. */
function checkChains(model: SpecModel, { at, lifecycle }: IssuedScheme): readonly Problem[] {
  return (['acquire', 'refresh'] as const).flatMap((key) => {
    const call = lifecycle[key]
    const security = call === undefined ? [] : (operationOf(model, call.operationId)?.security ?? [])
    const chained = security.some((name) => call?.security?.[name] === undefined)
    return chained && issuedSchemes(model).length > 1
      ? [notYet([...at, key], 'a token call secured by another lifecycle')]
      : []
  })
}

function notYet(at: KeyPath, what: string): Problem {
  return {
    at,
    sentence: `The generator does not write ${what} yet. Write that part in TypeScript, in the provider's own file.`,
  }
}
