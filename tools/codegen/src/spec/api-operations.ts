import { isObject, type Json, type JsonObject } from './json.ts'
import { callsOf } from './lifecycle.ts'
import type { Operation } from './operations.ts'
import { follow } from './references.ts'
import { isForDevices, issuedSchemes, type SpecModel } from './spec.ts'

/**
 * Is it an operation of the API itself? All others are about tokens, or for a customer's device: programs that never hold a
 * token can't be let through to them.
 */
export function isOfApi(model: SpecModel, operation: Operation): boolean {
  if (isForDevices(model, operation)) return false
  const ofTokens = issuedSchemes(model).flatMap(({ lifecycle }) =>
    callsOf(lifecycle).map(({ call }) => call.operationId),
  )
  return !ofTokens.includes(operation.id) && !holdsSecret(model.document, operation.success?.schema, new Set())
}

/** `format: password` marks a secret, as in the inputs of every tool that reads OpenAPI. */
function holdsSecret(document: JsonObject, schema: Json | undefined, within: Set<Json>): boolean {
  if (Array.isArray(schema)) return schema.some((item) => holdsSecret(document, item, within))
  if (!isObject(schema) || within.has(schema)) return false
  within.add(schema)
  if (typeof schema['$ref'] === 'string') return holdsSecret(document, follow(document, schema), within)
  return schema['format'] === 'password' || Object.values(schema).some((value) => holdsSecret(document, value, within))
}
