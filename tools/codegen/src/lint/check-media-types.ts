import { bodyFields } from '../spec/body-fields.ts'
import { parseExpression } from '../spec/expression.ts'
import { callsOf, type PlacedCall } from '../spec/lifecycle.ts'
import type { Operation } from '../spec/operations.ts'
import type { Problem } from '../spec/problem.ts'
import { type IssuedScheme, issuedSchemes, operationOf, type SpecModel } from '../spec/spec.ts'
import { expressionsIn } from './expressions.ts'
import type { Rule } from './rule.ts'

/** A token call sends one kind of content, and pointers lead into JSON. */
export const checkMediaTypes: Rule = ({ model }) => [
  ...calledOperations(model).flatMap(checkBody),
  ...checkForms(model),
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
  if (body.content === undefined) {
    const sentence = `The generator does not write a body of \`${only}\`: token calls send JSON or a form.`
    return [{ at: [...at, only ?? ''], sentence }]
  }
  return body.isEncoded ? [{ at: [...at, only ?? '', 'encoding'], sentence: ENCODED }] : []
}

const ENCODED = 'The generator does not write `encoding`: each field of a form is sent once, as a text.'

/** A form is flat, and has texts only. */
function checkForms(model: SpecModel): readonly Problem[] {
  return issuedSchemes(model).flatMap((scheme) =>
    callsOf(scheme.lifecycle).flatMap(({ at: place, call }) => {
      if (operationOf(model, call.operationId)?.body?.content !== 'form') return []
      return bodyFields(call).flatMap(({ key: field, path, value }): readonly Problem[] => {
        const at = [...scheme.at, ...place, 'body', field]
        if (path.length > 1) return [{ at, sentence: 'A form is flat: it has no field within another.' }]
        return value === null ? [{ at, sentence: 'A form has no `null`. Leave the field out.' }] : []
      })
    }),
  )
}

function checkAnswers(model: SpecModel): readonly Problem[] {
  const pointed = issuedSchemes(model).flatMap((scheme) =>
    callsOf(scheme.lifecycle).flatMap((call) => (pointsIntoBody(scheme, call) ? [call.call.operationId] : [])),
  )
  return [...new Set(pointed)].flatMap((id): readonly Problem[] => {
    const { success, at } = operationOf(model, id) ?? {}
    if (success === undefined || success.schema !== undefined || success.mediaTypes.length === 0) return []
    const kinds = success.mediaTypes.map((type) => `\`${type}\``).join(', ')
    const sentence = `\`${id}\` answers with ${kinds}, and \`$response.body#/…\` leads into JSON only.`
    return [{ at: [...(at ?? []), 'responses', success.status, 'content'], sentence }]
  })
}

function pointsIntoBody(scheme: IssuedScheme, call: PlacedCall): boolean {
  return expressionsIn(scheme, call).some(({ text }) => parseExpression(text).kind === 'body')
}
