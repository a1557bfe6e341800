import { bodyFields } from '../spec/body-fields.ts'
import { type BoundValue, isAskedScopes } from '../spec/bound-value.ts'
import type { KeyPath } from '../spec/json.ts'
import { callsOf } from '../spec/lifecycle.ts'
import type { Problem } from '../spec/problem.ts'
import { follow } from '../spec/references.ts'
import { fieldSchema, requiredOf } from '../spec/schema-pointer.ts'
import { issuedSchemes, operationOf, type SpecModel } from '../spec/spec.ts'
import type { Rule } from './rule.ts'

/** Scopes are asked for where a token is first asked for, in a body or a query, and may be none. */
export const checkScopes: Rule = ({ model }) =>
  issuedSchemes(model).flatMap((scheme) =>
    callsOf(scheme.lifecycle).flatMap(({ key, at: place, call }): readonly Problem[] => {
      const bound: readonly (readonly [keys: KeyPath, value: BoundValue])[] = [
        ...Object.entries(call.parameters ?? {}).map(([name, value]) => [['parameters', name], value] as const),
        ...Object.entries(call.body ?? {}).map(([name, value]) => [['body', name], value] as const),
      ]
      return bound.flatMap(([keys, value]): readonly Problem[] => {
        const at = [...scheme.at, ...place, ...keys]
        if (value === '$account.scopes') {
          return [{ at, sentence: 'Scopes are several. Write `{ scopes: $account.scopes }`.' }]
        }
        if (typeof value !== 'object' || value === null || !isAskedScopes(value)) return []
        const sentence = whyNot(model, key, call.operationId, keys)
        return sentence === undefined ? [] : [{ at, sentence }]
      })
    }),
  )

function whyNot(model: SpecModel, key: string, operationId: string, [part, name]: KeyPath): string | undefined {
  if (key === 'exchange')
    return 'Scopes are asked for before the exchange: in `consent.request.scopes`, or in `consent.shown`.'
  if (key !== 'acquire' && key !== 'show')
    return 'A refresh asks for no scopes (RFC 6749 §6): the token keeps those that it has.'
  const operation = operationOf(model, operationId)
  if (operation === undefined) return undefined
  const qualified = String(name)
  if (part === 'parameters') {
    if (!qualified.startsWith('query.')) return 'Scopes are asked for in a body or a query.'
    const isRequired = operation.parameters.some((one) => one.required && `${one.in}.${one.name}` === qualified)
    return isRequired ? REQUIRED : undefined
  }
  const schema = follow(model.document, operation.body?.schema)
  const path = bodyFields({ operationId, body: { [qualified]: null } })[0]?.path ?? []
  const parent = follow(model.document, fieldSchema(model.document, schema, path.slice(0, -1)))
  return requiredOf(model.document, parent).includes(path.at(-1) ?? '') ? REQUIRED : undefined
}

const REQUIRED = 'The operation requires this, and an account may have no scopes.'
