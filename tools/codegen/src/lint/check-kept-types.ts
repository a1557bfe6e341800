import { secretPlace } from '../spec/call.ts'
import { parseExpression } from '../spec/expression.ts'
import { type JsonObject, listIn } from '../spec/json.ts'
import { issuingCallsOf } from '../spec/lifecycle.ts'
import type { Problem } from '../spec/problem.ts'
import { lookUpInSchema } from '../spec/schema-pointer.ts'
import { issuedSchemes, operationOf, type SpecModel } from '../spec/spec.ts'
import type { Rule } from './rule.ts'

const KEPT = ['string', 'number', 'integer', 'boolean']
const TEXT = ['string']
const SCOPES = ['string', 'array']

/** What is kept is plain, and scopes are a text or a list: anything else would be passed over when it arrives. */
export const checkKeptTypes: Rule = ({ model }) =>
  issuedSchemes(model).flatMap((scheme) =>
    issuingCallsOf(scheme.lifecycle).flatMap(({ at, call }) => {
      const { operationId, tokenType, granted, meta = {}, secrets = {} } = call
      const read = [
        ...Object.entries(meta).map(([name, text]) => [['meta', name], text, KEPT] as const),
        ...Object.entries(secrets).map(
          ([name, secret]) =>
            [
              typeof secret === 'string' ? ['secrets', name] : ['secrets', name, 'at'],
              secretPlace(secret),
              TEXT,
            ] as const,
        ),
        ...(tokenType === undefined ? [] : [[['tokenType', 'at'], tokenType.at, TEXT] as const]),
        ...(granted === undefined ? [] : [[['granted'], granted, SCOPES] as const]),
      ]
      return read.flatMap(([keys, text, allowed]): readonly Problem[] => {
        const types = typesAt(model, operationId, text)
        if (types.length === 0 || types.some((type) => allowed.includes(type))) return []
        const sentence = `This is read as ${allowed.join(', ')}, and the schema says that the field is of type ${types.join(' or ')}.`
        return [{ at: [...scheme.at, ...at, ...keys], sentence }]
      })
    }),
  )

function typesAt(model: SpecModel, operationId: string, text: string): readonly string[] {
  const expression = parseExpression(text)
  if (expression.kind !== 'body') return []
  const found = lookUpInSchema(model.document, operationOf(model, operationId)?.success?.schema, expression.pointer)
  return found.found ? typesOf(found.schema) : []
}

/** The types that a schema names; none where it leaves them open. */
export function typesOf(schema: JsonObject): readonly string[] {
  const { type } = schema
  if (typeof type === 'string') return [type]
  return listIn(schema, 'type').filter((one) => typeof one === 'string')
}
