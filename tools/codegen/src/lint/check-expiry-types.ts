import { type ExpiryFormat, isStated } from '../spec/call.ts'
import { parseExpression } from '../spec/expression.ts'
import type { JsonObject, KeyPath } from '../spec/json.ts'
import { issuingCallsOf } from '../spec/lifecycle.ts'
import type { Problem } from '../spec/problem.ts'
import { follow } from '../spec/references.ts'
import { lookUpInSchema } from '../spec/schema-pointer.ts'
import { type IssuedScheme, issuedSchemes, operationOf, type SpecModel } from '../spec/spec.ts'
import { typesOf } from './check-kept-types.ts'
import type { Rule } from './rule.ts'

/** A format reads what the field holds: seconds are not a boolean, a date is not a number. */
export const checkExpiryTypes: Rule = ({ model }) =>
  issuedSchemes(model).flatMap((scheme) =>
    fieldsOf(model, scheme).flatMap(({ at, format, schema }): readonly Problem[] => {
      const types = typesOf(schema)
      const readable = isCount(format) ? ['integer', 'number', 'string'] : ['string']
      if (format === 'undocumented' || types.length === 0 || types.some((type) => readable.includes(type))) return []
      const sentence = `\`${format}\` reads a ${isCount(format) ? 'number or a text' : 'text'}, and the schema says that this field is of type ${types.join(' or ')}.`
      return [{ at: [...at, 'format'], sentence }]
    }),
  )

function isCount(format: ExpiryFormat): boolean {
  return format === 'seconds' || format.startsWith('epoch-')
}

interface ExpiryField {
  readonly at: KeyPath
  readonly format: ExpiryFormat
  readonly schema: JsonObject
}

function fieldsOf(model: SpecModel, { at, lifecycle }: IssuedScheme): readonly ExpiryField[] {
  const { consent, list } = lifecycle
  const { shown } = consent ?? {}
  const answered = [
    ...issuingCallsOf(lifecycle),
    ...(shown === undefined ? [] : [{ at: ['consent', 'shown'], call: { ...shown, refreshToken: undefined } }]),
  ]
  const calls = answered.flatMap(({ at: place, call }) => {
    const ends = [
      [['expires'], call.expires],
      [['refreshToken', 'expires'], call.refreshToken?.expires],
    ] as const
    return ends.flatMap(([keys, expires]): readonly ExpiryField[] => {
      if (!isStated(expires)) return []
      const schema = schemaAt(model, call.operationId, expires.at)
      return schema === undefined ? [] : [{ at: [...at, ...place, ...keys], format: expires.format, schema }]
    })
  })
  if (list?.expires === undefined) return calls
  const items = schemaAt(model, list.operationId, list.items)
  const found = lookUpInSchema(model.document, follow(model.document, items?.['items']), list.expires.at)
  if (!found.found) return calls
  return [...calls, { at: [...at, 'list', 'expires'], format: list.expires.format, schema: found.schema }]
}

function schemaAt(model: SpecModel, operationId: string, text: string): JsonObject | undefined {
  const expression = parseExpression(text)
  if (expression.kind !== 'body') return undefined
  const found = lookUpInSchema(model.document, operationOf(model, operationId)?.success?.schema, expression.pointer)
  return found.found ? found.schema : undefined
}
