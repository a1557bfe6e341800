import { isJsonObject, type Json, type JsonObject } from '../json.ts'
import type { JsonSchema } from '../openapi-document.ts'

/** The keys of a JSON Pointer (RFC 6901 §4). */
const keysOf = (pointer: string): readonly string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))

/** The value at a pointer. */
export const valueAt = (value: Json | undefined, pointer: string): Json | undefined => {
  let current = value
  for (const key of keysOf(pointer)) {
    if (Array.isArray(current)) current = current[Number(key)]
    else current = isJsonObject(current) && Object.hasOwn(current, key) ? current[key] : undefined
  }
  return current
}

/** A copy with a value at the pointer. What is missing on the way there is made: a list for a number, or an object. */
export const withValue = (value: Json | undefined, pointer: string, set: Json): Json =>
  withValueAt(value, keysOf(pointer), set)

const withValueAt = (value: Json | undefined, [key, ...rest]: readonly string[], set: Json): Json => {
  if (key === undefined) return set
  if (Array.isArray(value) || (value === undefined && /^\d+$/.test(key))) {
    const list: Json[] = Array.isArray(value) ? [...value] : []
    list[Number(key)] = withValueAt(list[Number(key)], rest, set)
    return list
  }
  const object: JsonObject = isJsonObject(value) ? value : {}
  return { ...object, [key]: withValueAt(object[key], rest, set) }
}

/** The schema of the value at a pointer, if it is described. */
export const schemaAt = (schema: JsonSchema | undefined, pointer: string): JsonSchema | undefined => {
  let current = schema
  for (const key of keysOf(pointer)) current = current && schemaIn(current, key)
  return current
}

const schemaIn = ({ properties, items }: JsonSchema, key: string): JsonSchema | undefined => {
  const property = isJsonObject(properties) ? properties[key] : undefined
  const found = property ?? (/^\d+$/.test(key) ? items : undefined)
  return isJsonObject(found) ? found : undefined
}
