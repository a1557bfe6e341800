import type { BasicPair, Call, CallKey } from './call.ts'
import { callsOf } from './lifecycle.ts'
import type { Operation } from './operations.ts'
import { type IssuedScheme, issuedSchemes, operationOf, type SpecModel } from './spec.ts'

/** What a call sends to satisfy one security scheme of its operation. */
export type Credential =
  | { readonly kind: 'input'; readonly scheme: string; readonly bound: string | BasicPair }
  /** The token that the call is about. */
  | { readonly kind: 'own'; readonly scheme: string }
  /** The token of another lifecycle. */
  | { readonly kind: 'parent'; readonly scheme: string }
  | { readonly kind: 'missing'; readonly scheme: string }

/** What a call sends, one for each scheme of the requirement that it chooses. */
export function credentialsOf(
  model: SpecModel,
  own: IssuedScheme,
  key: CallKey,
  call: Call,
  operation: Operation,
): readonly Credential[] {
  const issued = issuedSchemes(model).map(({ name }) => name)
  // There is no token yet, or none in hand: where there is a choice, it falls on another scheme.
  const usable = key === 'refresh' || key === 'revoke' ? issued : issued.filter((name) => name !== own.name)
  return requirementOf(operation, call, usable).map((scheme) => {
    const bound = call.security?.[scheme]
    if (bound !== undefined) return { kind: 'input', scheme, bound }
    if (scheme === own.name) return { kind: 'own', scheme }
    return { kind: issued.includes(scheme) ? 'parent' : 'missing', scheme }
  })
}

/** The schemes whose tokens the calls of this one need. */
export function parentsOf(model: SpecModel, scheme: IssuedScheme): readonly IssuedScheme[] {
  const names = callsOf(scheme.lifecycle).flatMap(({ key, call }) => {
    const operation = operationOf(model, call.operationId)
    const credentials = operation === undefined ? [] : credentialsOf(model, scheme, key, call, operation)
    return credentials.flatMap(({ kind, scheme: name }) => (kind === 'parent' ? [name] : []))
  })
  return issuedSchemes(model).filter(({ name }) => names.includes(name))
}

/** The alternative that a call's bindings point to; without any, the first that needs none. */
function requirementOf({ requirements }: Operation, call: Call, usable: readonly string[]): readonly string[] {
  const bound = Object.keys(call.security ?? {})
  const fitting = requirements.filter((names) => bound.every((name) => names.includes(name)))
  const complete = fitting.find((names) => names.every((name) => bound.includes(name) || usable.includes(name)))
  return complete ?? fitting[0] ?? requirements[0] ?? []
}
