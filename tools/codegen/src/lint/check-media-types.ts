import { parseExpression } from '../spec/expression.ts'
import { type CallKey, callsOf } from '../spec/lifecycle.ts'
import type { Operation } from '../spec/operations.ts'
import { type IssuedScheme, issuedSchemes, operationOf, type SpecModel } from '../spec/spec.ts'
import { expressionsOf } from './expressions.ts'
import type { Problem } from './problem.ts'
import type { Rule } from './rule.ts'

/** A token call sends one kind of content, and pointers lead into JSON. */
export const checkMediaTypes: Rule = ({ model }) => [
  ...calledOperations(model).flatMap(checkBody),
  ...checkAnswers(model),
]

function calledOperations(model: SpecModel): readonly Operation[] {
  const calls = issuedSchemes(model).flatMap(({ lifecycle }) => callsOf(lifecycle))
  return model.operations.filter(({ id }) => calls.some(({ call }) => call.operationId === id))
}

function checkBody({ id, body }: Operation): readonly Problem[] {
  if (body === undefined || body.mediaTypes.length === 0) return []
  const at = [...body.at, 'content']
  const [only, ...others] = body.mediaTypes
  if (others.length > 0) {
    const kinds = body.mediaTypes.map((type) => `\`${type}\``).join(', ')
    return [{ at, sentence: `\`${id}\` takes ${kinds}. Leave the one that token calls are to send.` }]
  }
  if (body.schema !== undefined) return []
  const sentence = `The generator does not write a body of \`${only}\`: token calls send JSON.`
  return [{ at: [...at, only ?? ''], sentence }]
}

function checkAnswers(model: SpecModel): readonly Problem[] {
  const pointed = issuedSchemes(model).flatMap((scheme) =>
    callsOf(scheme.lifecycle).flatMap(({ key, call }) => (pointsIntoBody(scheme, key) ? [call.operationId] : [])),
  )
  return [...new Set(pointed)].flatMap((id): readonly Problem[] => {
    const { success, at } = operationOf(model, id) ?? {}
    if (success === undefined || success.schema !== undefined || success.mediaTypes.length === 0) return []
    const kinds = success.mediaTypes.map((type) => `\`${type}\``).join(', ')
    const sentence = `\`${id}\` answers with ${kinds}, and \`$response.body#/…\` leads into JSON only.`
    return [{ at: [...(at ?? []), 'responses', success.status, 'content'], sentence }]
  })
}

function pointsIntoBody(scheme: IssuedScheme, key: CallKey): boolean {
  return expressionsOf(scheme).some(
    ({ at, text }) => at[scheme.at.length] === key && parseExpression(text).kind === 'body',
  )
}
