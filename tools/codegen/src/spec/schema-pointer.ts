import { type Json, type JsonObject, listIn, objectIn } from './json.ts'
import { pointerSegments } from './json-pointer.ts'
import { follow } from './references.ts'

/** What a JSON Pointer into an answer finds in the schema of that answer. */
export type SchemaLookup =
  | { readonly found: true; readonly schema: JsonObject }
  /** `segment` is not described by the schema; `known` are the names that are. */
  | { readonly found: false; readonly segment: string; readonly known: readonly string[] }

/** Walks a schema the way the pointer will walk the answer. */
export function lookUpInSchema(document: JsonObject, schema: Json | undefined, pointer: string): SchemaLookup {
  let current = follow(document, schema)
  for (const segment of pointerSegments(pointer)) {
    const properties = propertiesOf(document, current)
    const next = Object.hasOwn(properties, segment) ? properties[segment] : itemOf(current, segment)
    if (next === undefined) return { found: false, segment, known: Object.keys(properties) }
    current = follow(document, next)
  }
  return { found: true, schema: current }
}

/** The schema of a field of a body, by the names from its root. Nothing within lists is bound. */
export function fieldSchema(document: JsonObject, schema: JsonObject, path: readonly string[]): Json | undefined {
  const [name, ...below] = path
  if (name === undefined) return schema
  const properties = propertiesOf(document, schema)
  const next = Object.hasOwn(properties, name) ? properties[name] : undefined
  if (next === undefined || below.length === 0) return next
  return fieldSchema(document, follow(document, next), below)
}

/** The properties that a schema describes, those of its `allOf` parts included. */
export function propertiesOf(document: JsonObject, schema: JsonObject): JsonObject {
  const inherited = listIn(schema, 'allOf').map((part) => propertiesOf(document, follow(document, part)))
  return Object.assign({}, ...inherited, objectIn(schema, 'properties'))
}

/** The names that a schema requires, those of its `allOf` parts included. */
export function requiredOf(document: JsonObject, schema: JsonObject): readonly string[] {
  const inherited = listIn(schema, 'allOf').flatMap((part) => requiredOf(document, follow(document, part)))
  return [...inherited, ...listIn(schema, 'required').filter((name) => typeof name === 'string')]
}

function itemOf(schema: JsonObject, segment: string): Json | undefined {
  return /^\d+$/.test(segment) ? schema['items'] : undefined
}
