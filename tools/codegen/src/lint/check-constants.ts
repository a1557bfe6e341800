import { bodyFields } from '../spec/body-fields.ts'
import { isAskedScopes, isPlain } from '../spec/bound-value.ts'
import type { Call } from '../spec/call.ts'
import { parseExpression } from '../spec/expression.ts'
import type { Json, KeyPath } from '../spec/json.ts'
import { callsOf } from '../spec/lifecycle.ts'
import type { Operation } from '../spec/operations.ts'
import { dereference, follow } from '../spec/references.ts'
import { fieldSchema } from '../spec/schema-pointer.ts'
import { issuedSchemes, operationOf, type SpecModel } from '../spec/spec.ts'
import type { Rule } from './rule.ts'

/** A constant that is sent is one that the operation's own schema takes. */
export const checkConstants: Rule = ({ model, vocabulary }) =>
  issuedSchemes(model).flatMap((scheme) =>
    callsOf(scheme.lifecycle).flatMap(({ at: place, call }) => {
      const operation = operationOf(model, call.operationId)
      if (operation === undefined) return []
      return [...parametersOf(operation, call), ...bodyFieldsOf(model, operation, call)].flatMap(
        ({ at, value, schema }) =>
          vocabulary.checkBody(dereference(model.document, schema), value, [...scheme.at, ...place, ...at]),
      )
    }),
  )

interface Constant {
  readonly at: KeyPath
  readonly value: Json
  readonly schema: Json
}

function parametersOf(operation: Operation, call: Call): readonly Constant[] {
  return Object.entries(call.parameters ?? {}).flatMap(([name, value]) => {
    const schema = operation.parameters.find((one) => `${one.in}.${one.name}` === name)?.schema
    return isAskedScopes(value) ? [] : constant(['parameters', name], value, schema)
  })
}

function bodyFieldsOf(model: SpecModel, { body }: Operation, call: Call): readonly Constant[] {
  const schema = follow(model.document, body?.schema)
  return bodyFields(call).flatMap(({ key, path, value }) =>
    isPlain(value) ? constant(['body', key], value, fieldSchema(model.document, schema, path)) : [],
  )
}

function constant(at: KeyPath, value: Json, schema: Json | undefined): readonly Constant[] {
  return schema === undefined || parseExpression(value).kind !== 'constant' ? [] : [{ at, value, schema }]
}
