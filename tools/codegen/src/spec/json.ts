/** A value that JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject

/** A JSON object. */
export interface JsonObject {
  readonly [key: string]: Json
}

/** The place of a value in a document: the keys from the root. */
export type KeyPath = readonly (string | number)[]

/** YAML parsers return `unknown`. With their default schema, what they return is JSON. */
export function isJson(value: unknown): value is Json {
  if (Array.isArray(value)) return value.every(isJson)
  if (typeof value === 'object' && value !== null) return Object.values(value).every(isJson)
  return value === null || ['boolean', 'number', 'string'].includes(typeof value)
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

// A document may be malformed while it is being linted, so readers give an empty value instead of throwing: Redocly's
// own rules report what is missing.

/** The object under `key`, or an empty one. */
export function objectIn(parent: Json | undefined, key: string): JsonObject {
  const value = isObject(parent) ? parent[key] : undefined
  return isObject(value) ? value : {}
}

/** The list under `key`, or an empty one. */
export function listIn(parent: Json | undefined, key: string): readonly Json[] {
  const value = isObject(parent) ? parent[key] : undefined
  return Array.isArray(value) ? value : []
}

/** The string under `key`, if it is one. */
export function stringIn(parent: Json | undefined, key: string): string | undefined {
  const value = isObject(parent) ? parent[key] : undefined
  return typeof value === 'string' ? value : undefined
}
