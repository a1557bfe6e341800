import { isObject, type Json, type JsonObject } from './json.ts'
import { readPointer } from './json-pointer.ts'

/** Follows `$ref` to the value that it ends at. An unresolved reference gives an empty object: Redocly reports it. */
export function follow(document: JsonObject, value: Json | undefined): JsonObject {
  let current = value
  for (let hops = 0; isObject(current) && typeof current['$ref'] === 'string'; hops++) {
    if (hops > 100) return {}
    current = readPointer(document, current['$ref'].replace(/^#/, ''))
  }
  return isObject(current) ? current : {}
}

/**
 * A copy of `value` in which no `$ref` is left.
 *
 * @throws Error when a schema contains itself: such a document cannot be written without references.
 */
export function dereference(document: JsonObject, value: Json, within: readonly string[] = []): Json {
  if (Array.isArray(value)) return value.map((item) => dereference(document, item, within))
  if (!isObject(value)) return value
  const reference = value['$ref']
  if (typeof reference === 'string') {
    if (within.includes(reference)) throw new Error(`${reference} contains itself`)
    return dereference(document, readPointer(document, reference.replace(/^#/, '')) ?? {}, [...within, reference])
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, dereference(document, item, within)]))
}
