import { type BodyField, bodyFields } from '../spec/body-fields.ts'
import { isByHand } from '../spec/by-hand.ts'
import type { Call, CallKey } from '../spec/call.ts'
import { credentialsOf } from '../spec/call-security.ts'
import { didYouMean } from '../spec/did-you-mean.ts'
import type { JsonObject, KeyPath } from '../spec/json.ts'
import { pointerFragment } from '../spec/json-pointer.ts'
import { callsOf } from '../spec/lifecycle.ts'
import type { Operation } from '../spec/operations.ts'
import type { Problem } from '../spec/problem.ts'
import { follow } from '../spec/references.ts'
import { fieldSchema, propertiesOf, requiredOf } from '../spec/schema-pointer.ts'
import { type IssuedScheme, issuedSchemes, operationOf, type SpecModel } from '../spec/spec.ts'
import type { Rule } from './rule.ts'

/** Everything an operation requires is bound, and nothing is bound that it does not take. */
export const checkBindings: Rule = ({ model }) =>
  issuedSchemes(model).flatMap((scheme) =>
    callsOf(scheme.lifecycle).flatMap(({ key, at: place, call }) => {
      const operation = operationOf(model, call.operationId)
      if (operation === undefined || isByHand(scheme.lifecycle, key)) return []
      const at = [...scheme.at, ...place]
      return [
        ...checkParameters(operation, call, at),
        ...checkBody(model, operation, call, at),
        ...checkSecurity(model, scheme, operation, { key, call }, at),
      ]
    }),
  )

function checkParameters(operation: Operation, call: Call, at: KeyPath): readonly Problem[] {
  const required = operation.parameters.filter((parameter) => parameter.required).map(placeOf)
  return checkNames({
    kind: 'parameter',
    operation,
    at: [...at, 'parameters'],
    bound: Object.keys(call.parameters ?? {}),
    known: operation.parameters.map(placeOf),
    required,
  })
}

function checkBody(model: SpecModel, operation: Operation, call: Call, at: KeyPath): readonly Problem[] {
  if (operation.body === undefined) {
    if (call.body === undefined) return []
    return [{ at: [...at, 'body'], sentence: `\`${operation.id}\` takes no body.` }]
  }
  if (call.body === undefined) {
    if (!operation.body.required) return []
    return [
      {
        at,
        sentence: `\`${operation.id}\` requires a body. Bind its fields under \`body\`; \`{}\` is an empty object.`,
      },
    ]
  }
  // A body that cannot be sent is reported once, at its media type.
  if (operation.body.schema === undefined) return []
  const schema = follow(model.document, operation.body.schema)
  const bound = bodyFields(call)
  return [
    ...checkNames({
      kind: 'body field',
      operation,
      at: [...at, 'body'],
      bound: bound.map(({ key }) => key),
      known: knownKeys(model, schema, bound),
      required: requiredKeys(model, schema, bound, []),
    }),
    ...bound.flatMap(({ key, path }) => checkOverlap(bound, key, path, [...at, 'body', key])),
  ]
}

/** The names of the first level, and of each level that a pointer leads into. */
function knownKeys(model: SpecModel, schema: JsonObject, bound: readonly BodyField[]): readonly string[] {
  const names = Object.keys(propertiesOf(model.document, schema))
  const found = bound.filter(({ path }) => fieldSchema(model.document, schema, path) !== undefined)
  const siblings = bound.flatMap(({ path }) => {
    const parent = fieldSchema(model.document, schema, path.slice(0, -1))
    const level =
      path.length < 2 || parent === undefined ? {} : propertiesOf(model.document, follow(model.document, parent))
    return Object.keys(level).map((name) => pointerFragment([...path.slice(0, -1), name]).slice(1))
  })
  return [...new Set([...names, ...found.map(({ key }) => key), ...siblings])]
}

/** What the schema requires: of an object that it requires, or of which something is bound, the fields. */
function requiredKeys(
  model: SpecModel,
  schema: JsonObject,
  bound: readonly BodyField[],
  above: readonly string[],
): readonly string[] {
  const required = requiredOf(model.document, schema)
  return Object.entries(propertiesOf(model.document, schema)).flatMap(([name, property]) => {
    const path = [...above, name]
    const key = bound.find((field) => field.path.join('/') === path.join('/'))?.key
    const isEntered = bound.some(
      (field) => field.path.length > path.length && path.every((one, index) => one === field.path[index]),
    )
    const inner = follow(model.document, property)
    const isObject = Object.keys(propertiesOf(model.document, inner)).length > 0
    if (
      key === undefined &&
      isObject &&
      (isEntered || (required.includes(name) && requiredOf(model.document, inner).length > 0))
    ) {
      return requiredKeys(model, inner, bound, path)
    }
    if (!required.includes(name) || isEntered) return []
    return [key ?? (above.length === 0 ? name : pointerFragment(path).slice(1))]
  })
}

/** A field is bound whole or by its parts. */
function checkOverlap(
  bound: readonly BodyField[],
  key: string,
  path: readonly string[],
  at: KeyPath,
): readonly Problem[] {
  const within = bound.find((one) => one.key !== key && one.path.every((name, index) => name === path[index]))
  return within === undefined
    ? []
    : [{ at, sentence: `\`${key}\` is a part of \`${within.key}\`, which is bound as well.` }]
}

function checkSecurity(
  model: SpecModel,
  scheme: IssuedScheme,
  operation: Operation,
  { key, call }: { readonly key: CallKey; readonly call: Call },
  at: KeyPath,
): readonly Problem[] {
  const credentials = credentialsOf(model, scheme, key, call, operation)
  return checkNames({
    kind: 'security scheme',
    operation,
    at: [...at, 'security'],
    bound: Object.keys(call.security ?? {}),
    known: operation.security,
    required: credentials.filter((one) => one.kind === 'missing' && !isMistaken(model, one.scheme)).map(nameOf),
  })
}

/** A lifecycle that is there and cannot be read is reported where it is, not at every call that needs its token. */
function isMistaken(model: SpecModel, name: string): boolean {
  const declared = model.securitySchemes.find((scheme) => scheme.name === name)
  return declared?.hasLifecycle === true && !model.schemes.some((scheme) => scheme.name === name)
}

function nameOf({ scheme }: { readonly scheme: string }): string {
  return scheme
}

interface Names {
  readonly kind: string
  readonly operation: Operation
  readonly at: KeyPath
  readonly bound: readonly string[]
  readonly known: readonly string[]
  readonly required: readonly string[]
}

function checkNames({ kind, operation, at, bound, known, required }: Names): readonly Problem[] {
  const unknown = bound
    .filter((name) => !known.includes(name))
    .map((name) => ({ name, suggest: didYouMean(name, known) }))
  // A name that was misspelt is one mistake: that nothing is bound to the right one follows from it.
  const meant = unknown.flatMap(({ suggest }) => suggest)
  const unbound = required.filter((name) => !bound.includes(name) && !meant.includes(name))
  return [
    ...unknown.map(({ name, suggest }) => ({
      at: [...at, name],
      sentence: `\`${operation.id}\` has no ${kind} \`${name}\`.`,
      suggest,
    })),
    ...unbound.map((name) => ({
      at,
      sentence: `\`${operation.id}\` requires the ${kind} \`${name}\`, and nothing is bound to it.`,
    })),
  ]
}

function placeOf(parameter: { readonly in: string; readonly name: string }): string {
  return `${parameter.in}.${parameter.name}`
}
