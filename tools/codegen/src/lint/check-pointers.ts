import { parseExpression } from '../spec/expression.ts'
import type { Json, KeyPath } from '../spec/json.ts'
import { lookUpInSchema } from '../spec/schema-pointer.ts'
import { issuedSchemes, operationOf, type SpecModel } from '../spec/spec.ts'
import { didYouMean } from './did-you-mean.ts'
import { expressionsOf } from './expressions.ts'
import type { Problem } from './problem.ts'
import type { Rule } from './rule.ts'

/** Every `$response.body#/…` leads to something that the success schema of its operation describes. */
export const checkPointers: Rule = ({ model }) =>
  issuedSchemes(model).flatMap((scheme) => {
    const answers = new Map(
      Object.entries(scheme.lifecycle).flatMap(([key, call]) => {
        const operation = isCall(call) ? operationOf(model, call.operationId) : undefined
        return operation === undefined ? [] : [[key, operation] as const]
      }),
    )
    return expressionsOf(scheme).flatMap(({ at, text }): readonly Problem[] => {
      const expression = parseExpression(text)
      const operation = answers.get(String(at[scheme.at.length]))
      if (expression.kind !== 'body' || operation === undefined) return []
      if (operation.success?.schema === undefined) {
        return [{ at, sentence: `\`${operation.id}\` documents no 2xx answer with a JSON schema to point into.` }]
      }
      return lookUp(model, operation.success.schema, expression.pointer, at, operation.id)
    })
  })

function lookUp(model: SpecModel, schema: Json, pointer: string, at: KeyPath, operationId: string): readonly Problem[] {
  const lookup = lookUpInSchema(model.document, schema, pointer)
  if (lookup.found) return []
  return [
    {
      at,
      sentence: `The answer of \`${operationId}\` has no \`${lookup.segment}\` in its schema.`,
      suggest: didYouMean(lookup.segment, lookup.known),
    },
  ]
}

function isCall(value: unknown): value is { readonly operationId: string } {
  return typeof value === 'object' && value !== null && 'operationId' in value
}
