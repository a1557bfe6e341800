import type { Json } from '../src/index.ts'
import { isJsonObject } from '../src/json.ts'

/** Keeps the kinds of values and forgets the values. Lists keep their items' kinds. */
export const shapeOf = (value: Json | undefined): unknown => {
  if (isJsonObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shapeOf(inner)]))
  }
  if (Array.isArray(value)) return value.map(shapeOf)
  return value === null ? 'null' : typeof value
}
