import { isObject, type Json, type KeyPath } from '../spec/json.ts'
import type { PlacedCall } from '../spec/lifecycle.ts'
import type { IssuedScheme } from '../spec/spec.ts'

/** An expression of a lifecycle and where it stands. */
export interface PlacedExpression {
  readonly at: KeyPath
  readonly text: string
}

/** Every string of a lifecycle that begins like an expression. */
export function expressionsOf(scheme: IssuedScheme): readonly PlacedExpression[] {
  const { inputs: _, ...calls } = scheme.lifecycle
  return collect(JSON.parse(JSON.stringify(calls)), scheme.at)
}

/** Those of one call. */
export function expressionsIn(scheme: IssuedScheme, { at }: PlacedCall): readonly PlacedExpression[] {
  const place = [...scheme.at, ...at]
  return expressionsOf(scheme).filter((expression) => place.every((key, index) => key === expression.at[index]))
}

function collect(value: Json, at: KeyPath): readonly PlacedExpression[] {
  if (typeof value === 'string') return value.startsWith('$') ? [{ at, text: value }] : []
  if (Array.isArray(value)) return value.flatMap((item, index) => collect(item, [...at, index]))
  return isObject(value) ? Object.entries(value).flatMap(([key, item]) => collect(item, [...at, key])) : []
}
