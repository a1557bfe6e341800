import { isAskedScopes } from './bound-value.ts'
import type { Call } from './call.ts'
import { parseExpression } from './expression.ts'
import type { KeyPath } from './json.ts'
import { callsOf, type IssuedLifecycle } from './lifecycle.ts'
import { issuedSchemes, type SpecModel } from './spec.ts'

/** A parameter that carries a secret. */
export interface SecretParameter {
  /** The scheme whose lifecycle sends it. */
  readonly scheme: string
  /** Absent: requests of the API. */
  readonly operationId: string | undefined
  readonly name: string
  readonly at: KeyPath
}

/** The query parameters in which the lifecycles send secrets: tokens and secret inputs. */
export function secretQueries(model: SpecModel): readonly SecretParameter[] {
  return secretsIn(model, 'query')
}

/** The path parameters in which they do. */
export function secretPaths(model: SpecModel): readonly SecretParameter[] {
  return secretsIn(model, 'path')
}

function secretsIn(model: SpecModel, place: 'query' | 'path'): readonly SecretParameter[] {
  return issuedSchemes(model).flatMap((scheme) => {
    const { api } = scheme.lifecycle
    const calls = callsOf(scheme.lifecycle).map(({ at, call }) => ({ at, operationId: call.operationId, sent: call }))
    const senders = [...calls, ...(api === undefined ? [] : [{ at: ['api'], operationId: undefined, sent: api }])]
    return senders.flatMap(({ at, operationId, sent }) =>
      secretNames(scheme.lifecycle, sent, place).map((name) => ({
        scheme: scheme.name,
        operationId,
        name,
        at: [...scheme.at, ...at, 'parameters', `${place}.${name}`],
      })),
    )
  })
}

function secretNames(
  lifecycle: IssuedLifecycle,
  call: Pick<Call, 'parameters'>,
  place: 'query' | 'path',
): readonly string[] {
  return Object.entries(call.parameters ?? {}).flatMap(([qualified, value]) => {
    const name = qualified.startsWith(`${place}.`) ? qualified.slice(place.length + 1) : undefined
    if (isAskedScopes(value)) return []
    const expression = parseExpression(value)
    const isSecret =
      (expression.kind === 'token' && expression.field !== 'id') ||
      (expression.kind === 'code' && expression.part !== 'redirectUri') ||
      (expression.kind === 'kept' && expression.place === 'secrets') ||
      (expression.kind === 'input' && lifecycle.inputs[expression.name]?.secret === true)
    return name !== undefined && isSecret ? [name] : []
  })
}
