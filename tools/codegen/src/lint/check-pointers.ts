import type { List } from '../spec/call.ts'
import { didYouMean } from '../spec/did-you-mean.ts'
import { parseExpression } from '../spec/expression.ts'
import type { JsonObject, KeyPath } from '../spec/json.ts'
import { callsOf } from '../spec/lifecycle.ts'
import type { Operation } from '../spec/operations.ts'
import type { Problem } from '../spec/problem.ts'
import { follow } from '../spec/references.ts'
import { lookUpInSchema } from '../spec/schema-pointer.ts'
import { type IssuedScheme, issuedSchemes, operationOf, type SpecModel } from '../spec/spec.ts'
import { expressionsIn, type PlacedExpression } from './expressions.ts'
import type { Rule } from './rule.ts'

/** Every `$response.body#/…`, every header and every pointer within a listed item leads to something documented. */
export const checkPointers: Rule = ({ model }) =>
  issuedSchemes(model).flatMap((scheme) =>
    callsOf(scheme.lifecycle).flatMap((call): readonly Problem[] => {
      const operation = operationOf(model, call.call.operationId)
      if (operation === undefined) return []
      const expressions = expressionsIn(scheme, call)
      const pointing = expressions.find(({ text }) => parseExpression(text).kind === 'body')
      if (pointing !== undefined && operation.success?.schema === undefined) return checkAnswer(operation, pointing)
      return [
        ...expressions.flatMap((expression) => checkExpression(model, operation, expression)),
        ...(call.key === 'list' ? checkItems(model, scheme, operation) : []),
      ]
    }),
  )

function checkExpression(model: SpecModel, operation: Operation, { at, text }: PlacedExpression): readonly Problem[] {
  const expression = parseExpression(text)
  const { success } = operation
  if (expression.kind === 'header') return checkHeader(operation, expression.name, at)
  if (expression.kind !== 'body') return []
  return lookUp(
    model,
    follow(model.document, success?.schema),
    expression.pointer,
    at,
    `The answer of \`${operation.id}\``,
  )
}

/** Said once, at the first pointer; an answer of another media type is reported where it is described. */
function checkAnswer({ id, success }: Operation, { at }: PlacedExpression): readonly Problem[] {
  if (success !== undefined && success.mediaTypes.length > 0) return []
  return [{ at, sentence: `\`${id}\` documents no 2xx answer with a JSON schema to point into.` }]
}

function checkHeader({ id, success }: Operation, name: string, at: KeyPath): readonly Problem[] {
  const known = success?.headers ?? []
  if (known.some((header) => header.toLowerCase() === name.toLowerCase())) return []
  const sentence = `The answer of \`${id}\` documents no header \`${name}\`.`
  return [{ at, sentence, suggest: didYouMean(name, known) }]
}

/** `items` leads to a list, and the pointers beside it lead into its items. */
function checkItems(model: SpecModel, { at, lifecycle }: IssuedScheme, { id, success }: Operation): readonly Problem[] {
  const { list } = lifecycle
  const expression = list === undefined ? undefined : parseExpression(list.items)
  if (list === undefined || expression?.kind !== 'body') return []
  const found = lookUpInSchema(model.document, success?.schema, expression.pointer)
  if (!found.found) return []
  if (found.schema['items'] === undefined) {
    return [{ at: [...at, 'list', 'items'], sentence: `\`${list.items}\` is not a list in the schema of \`${id}\`.` }]
  }
  const item = follow(model.document, found.schema['items'])
  return pointersOf(list).flatMap(([keys, pointer]) =>
    lookUp(model, item, pointer, [...at, 'list', ...keys], `An item of \`${id}\``),
  )
}

function pointersOf({ id, expires }: List): readonly (readonly [KeyPath, string])[] {
  const zone = expires?.zone?.startsWith('/') ? expires.zone : undefined
  return [
    [['id'], id],
    ...(expires === undefined ? [] : [[['expires', 'at'], expires.at] as const]),
    ...(zone === undefined ? [] : [[['expires', 'zone'], zone] as const]),
  ]
}

function lookUp(
  model: SpecModel,
  schema: JsonObject,
  pointer: string,
  at: KeyPath,
  subject: string,
): readonly Problem[] {
  const lookup = lookUpInSchema(model.document, schema, pointer)
  if (lookup.found) return []
  const sentence = `${subject} has no \`${lookup.segment}\` in its schema.`
  return [{ at, sentence, suggest: didYouMean(lookup.segment, lookup.known) }]
}
