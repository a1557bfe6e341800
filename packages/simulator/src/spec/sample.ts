// Values that a schema allows. They are made up, the same each time, and not one of them means anything.

import { isJsonObject, type Json, type JsonObject, textIn } from '../json.ts'
import type { JsonSchema } from '../openapi-document.ts'

/** A value that fits a schema. Of an object only what is required is there. */
export const sampleOf = (schema: JsonSchema | undefined, name = 'value'): Json => {
  if (schema === undefined) return {}
  const shown = shownIn(schema)
  if (shown !== undefined) return shown
  const { allOf, oneOf, anyOf } = schema
  if (Array.isArray(allOf)) return sampleOf(merged(schema, allOf), name)
  for (const choice of [oneOf, anyOf]) {
    const [first]: readonly Json[] = Array.isArray(choice) ? choice : []
    if (isJsonObject(first)) return sampleOf(first, name)
  }
  switch (typeOf(schema)) {
    case 'string':
      return sampleText(schema, name)
    case 'integer':
    case 'number':
      return numberIn(schema, 'minimum') ?? 1
    case 'boolean':
      return true
    case 'array':
      return []
    case 'null':
      return null
    default:
      return sampleObject(schema)
  }
}

/** A text that fits a schema, and says what it is for where that leaves room. */
export const sampleText = (schema: JsonSchema | undefined, name: string): string => {
  const shown = shownIn(schema ?? {})
  if (typeof shown === 'string') return shown
  const own = FORMATS[textIn(schema, 'format') ?? ''] ?? `simulated-${name}`
  const pattern = textIn(schema, 'pattern')
  const shortest = numberIn(schema, 'minLength') ?? 0
  const longest = numberIn(schema, 'maxLength') ?? Infinity
  const fits = (text: string): boolean =>
    text.length >= shortest && text.length <= longest && (pattern === undefined || new RegExp(pattern, 'u').test(text))
  const lengths = Array.from({ length: LONGEST_GUESS }, (_, index) => index + 1)
  const guesses = ['1', 'a', 'A'].flatMap((letter) => lengths.map((length) => letter.repeat(length)))
  return [own, own.padEnd(shortest, 'x').slice(0, longest), ...guesses].find(fits) ?? own
}

/** The type of a schema, or the first one that isn't `null`. */
export const typeOf = (schema: JsonSchema | undefined): string | undefined => {
  const { type, properties } = schema ?? {}
  const types: readonly Json[] = Array.isArray(type) ? type : [type ?? (properties === undefined ? '' : 'object')]
  const found = types.find((one) => one !== 'null') ?? types[0]
  return typeof found === 'string' && found !== '' ? found : undefined
}

// Documents of companies, banks and persons have up to 14 digits, keys more.
const LONGEST_GUESS = 64

const FORMATS: Readonly<Record<string, string>> = {
  uuid: '00000000-0000-4000-8000-000000000001',
  email: 'simulated@example.com',
  uri: 'https://example.com/',
  'date-time': '2026-01-01T00:00:00Z',
  date: '2026-01-01',
}

const shownIn = (schema: JsonSchema): Json | undefined => {
  const { example, examples, default: fallback, enum: values } = schema
  const [first]: readonly Json[] = Array.isArray(examples) ? examples : []
  const [one]: readonly Json[] = Array.isArray(values) ? values : []
  return schema['const'] ?? example ?? first ?? fallback ?? one
}

const sampleObject = (schema: JsonSchema): JsonObject => {
  const { properties, required } = schema
  const names: readonly Json[] = Array.isArray(required) ? required : []
  return Object.fromEntries(
    names.flatMap((name) => {
      if (typeof name !== 'string') return []
      const property = isJsonObject(properties) ? properties[name] : undefined
      return [[name, sampleOf(isJsonObject(property) ? property : undefined, name)]]
    }),
  )
}

const merged = (schema: JsonSchema, parts: readonly Json[]): JsonSchema => {
  const objects = [schema, ...parts.filter(isJsonObject)]
  const properties = objects.map((one) => one['properties']).filter(isJsonObject)
  const required = objects.flatMap((one) => (Array.isArray(one['required']) ? one['required'] : []))
  const type = objects.map(typeOf).find((one) => one !== undefined) ?? 'object'
  return { type, properties: Object.assign({}, ...properties), required }
}

const numberIn = (schema: JsonSchema | undefined, key: string): number | undefined => {
  const value = schema?.[key]
  return typeof value === 'number' ? value : undefined
}
