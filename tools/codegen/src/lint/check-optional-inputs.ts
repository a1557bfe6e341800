import { bodyFields } from '../spec/body-fields.ts'
import { type BoundValue, isFuture } from '../spec/bound-value.ts'
import type { Call } from '../spec/call.ts'
import { parseExpression } from '../spec/expression.ts'
import type { Json, KeyPath } from '../spec/json.ts'
import { callsOf, type IssuedLifecycle } from '../spec/lifecycle.ts'
import type { Operation } from '../spec/operations.ts'
import type { Problem } from '../spec/problem.ts'
import { follow } from '../spec/references.ts'
import { fieldSchema, requiredOf } from '../spec/schema-pointer.ts'
import { issuedSchemes, operationOf, type SpecModel } from '../spec/spec.ts'
import type { Rule } from './rule.ts'

/** An input that may be left out is bound where something may be left out. */
export const checkOptionalInputs: Rule = ({ model }) =>
  issuedSchemes(model).flatMap((scheme) => {
    const { lifecycle, at } = scheme
    return [
      ...Object.entries(lifecycle.inputs).flatMap(
        ([name, { optional, identity, default: fallback }]): readonly Problem[] => {
          if (optional === undefined || (identity === undefined && fallback === undefined)) return []
          const word = identity === undefined ? 'default' : 'identity'
          return [{ at: [...at, 'inputs', name, 'optional'], sentence: `An input with \`${word}\` is never left out.` }]
        },
      ),
      ...callsOf(lifecycle).flatMap(({ at: place, call }) => {
        const operation = operationOf(model, call.operationId)
        return operation === undefined ? [] : checkCall(model, lifecycle, operation, call, [...at, ...place])
      }),
    ]
  })

type Bound = readonly [keys: KeyPath, value: Json, isRequired: boolean]

function checkCall(
  model: SpecModel,
  lifecycle: IssuedLifecycle,
  operation: Operation,
  call: Call,
  at: KeyPath,
): readonly Problem[] {
  const { parameters = {}, security = {} } = call
  const required = operation.parameters.filter((one) => one.required).map((one) => `${one.in}.${one.name}`)
  const bound: readonly Bound[] = [
    ...Object.entries(parameters).map(
      ([name, value]) => [['parameters', name], plain(value), required.includes(name)] as const,
    ),
    ...bodyFields(call).map(
      ({ key, path, value }) =>
        [
          ['body', key],
          isFuture(value) ? value.future : plain(value),
          isFuture(value) || isRequired(model, operation, path),
        ] as const,
    ),
    ...Object.entries(security).flatMap(([name, value]): readonly Bound[] =>
      typeof value === 'string'
        ? [[['security', name], value, true] as const]
        : [
            [['security', name, 'username'], value.username, true] as const,
            [['security', name, 'password'], value.password, true] as const,
          ],
    ),
  ]
  return bound.flatMap(([keys, value, isNeeded]): readonly Problem[] => {
    const expression = parseExpression(value)
    const input = expression.kind === 'input' ? lifecycle.inputs[expression.name] : undefined
    if (!isNeeded || input?.optional !== true) return []
    const sentence = `\`${operation.id}\` requires this, and the input may be left out. Take \`optional\` away, or give it a \`default\`.`
    return [{ at: [...at, ...keys], sentence }]
  })
}

/** Scopes come from the account, not from an input. */
function plain(value: BoundValue): Json {
  return typeof value === 'object' ? null : value
}

function isRequired(model: SpecModel, { body }: Operation, path: readonly string[]): boolean {
  const { document } = model
  const parent = fieldSchema(document, follow(document, body?.schema), path.slice(0, -1))
  return requiredOf(document, follow(document, parent)).includes(path.at(-1) ?? '')
}
