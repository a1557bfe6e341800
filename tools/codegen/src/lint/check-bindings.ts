import { credentialsOf } from '../spec/call-security.ts'
import type { KeyPath } from '../spec/json.ts'
import { type Call, type CallKey, callsOf } from '../spec/lifecycle.ts'
import type { Operation } from '../spec/operations.ts'
import { follow } from '../spec/references.ts'
import { propertiesOf, requiredOf } from '../spec/schema-pointer.ts'
import { type IssuedScheme, issuedSchemes, operationOf, type SpecModel } from '../spec/spec.ts'
import { didYouMean } from './did-you-mean.ts'
import type { Problem } from './problem.ts'
import type { Rule } from './rule.ts'

/** Everything an operation requires is bound, and nothing is bound that it does not take. */
export const checkBindings: Rule = ({ model }) =>
  issuedSchemes(model).flatMap((scheme) =>
    callsOf(scheme.lifecycle).flatMap(({ key, call }) => {
      const operation = operationOf(model, call.operationId)
      if (operation === undefined) return []
      const at = [...scheme.at, key]
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
  const properties = propertiesOf(model.document, schema)
  return checkNames({
    kind: 'body field',
    operation,
    at: [...at, 'body'],
    bound: Object.keys(call.body),
    known: Object.keys(properties),
    required: requiredOf(model.document, schema),
  })
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
