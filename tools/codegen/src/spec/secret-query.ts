import { parseExpression } from './expression.ts'
import type { KeyPath } from './json.ts'
import { type Call, callsOf, type IssuedLifecycle } from './lifecycle.ts'
import { issuedSchemes, type SpecModel } from './spec.ts'

/** A query parameter that carries a secret. */
export interface SecretQuery {
  readonly operationId: string
  readonly name: string
  readonly at: KeyPath
}

/** The query parameters in which the lifecycles send secrets: tokens and secret inputs. */
export function secretQueries(model: SpecModel): readonly SecretQuery[] {
  return issuedSchemes(model).flatMap((scheme) =>
    callsOf(scheme.lifecycle).flatMap(({ key, call }) =>
      secretQueryNames(scheme.lifecycle, call).map((name) => ({
        operationId: call.operationId,
        name,
        at: [...scheme.at, key, 'parameters', `query.${name}`],
      })),
    ),
  )
}

function secretQueryNames(lifecycle: IssuedLifecycle, call: Call): readonly string[] {
  return Object.entries(call.parameters ?? {}).flatMap(([place, value]) => {
    const name = /^query\.(.+)$/.exec(place)?.[1]
    const expression = parseExpression(value)
    const isSecret =
      (expression.kind === 'token' && expression.field !== 'id') ||
      (expression.kind === 'input' && lifecycle.inputs[expression.name]?.secret === true)
    return name !== undefined && isSecret ? [name] : []
  })
}
