import { isObject, type Json, type JsonObject, listIn, objectIn, stringIn } from '../../spec/json.ts'

// What a spec says about a value. Examples stay behind: one of them may be a real token.
const KEPT = ['type', 'format', 'description', 'const', 'required', 'minLength', 'maxLength', 'pattern']

/** A schema of another document, without references, as a spec of ours says it: OpenAPI 3.1, and nothing but facts. */
export function importedSchema(schema: JsonObject): JsonObject {
  const merged = wholeOf(schema)
  const kept = Object.fromEntries(
    Object.entries(merged).filter(([key, value]) => KEPT.includes(key) && !isEmpty(value)),
  )
  const only = listIn(merged, 'enum')
  const properties = Object.entries(objectIn(merged, 'properties'))
  return {
    ...kept,
    ...(merged['nullable'] === true ? { type: [stringIn(merged, 'type') ?? 'string', 'null'] } : {}),
    ...(only.length > 0 ? { enum: only } : {}),
    ...(properties.length > 0
      ? { properties: Object.fromEntries(properties.map(([name, value]) => [name, imported(value)])) }
      : {}),
    ...(merged['items'] === undefined ? {} : { items: imported(merged['items']) }),
  }
}

/** With the parts that `allOf` adds, and the fields of every variant: those that all of them require stay required. */
function wholeOf(schema: JsonObject): JsonObject {
  const parts = listIn(schema, 'allOf').filter(isObject).map(wholeOf)
  const variants = ['oneOf', 'anyOf'].flatMap((key) => listIn(schema, key).filter(isObject).map(wholeOf))
  return [...parts, ...(variants.length > 0 ? [anyOf(variants)] : [])].reduce<JsonObject>(merge, schema)
}

function anyOf(variants: readonly JsonObject[]): JsonObject {
  const [first, ...others] = variants
  const names = new Set(variants.flatMap((variant) => Object.keys(objectIn(variant, 'properties'))))
  const properties = [...names].map((name) => {
    const [one = {}, ...more] = variants.flatMap((variant) => objectIn(variant, 'properties')[name] ?? [])
    if (!isObject(one) || more.every((other) => JSON.stringify(other) === JSON.stringify(one))) return [name, one]
    // Where variants differ, the one value that a field has in one of them is not its only one.
    const { enum: _, const: __, ...rest } = one
    return [name, rest]
  })
  return {
    type: stringIn(first, 'type') ?? 'object',
    properties: Object.fromEntries(properties),
    required: listIn(first, 'required').filter((name) =>
      others.every((other) => listIn(other, 'required').includes(name)),
    ),
  }
}

/** A value within a schema, and where it is. */
export interface Field {
  readonly name: string
  /** From the schema's root: `/data/token`. */
  readonly pointer: string
  readonly type: string | undefined
  readonly format: string | undefined
  readonly description: string | undefined
  /** The one value that it may have. */
  readonly constant: string | undefined
}

/** The fields of an object's schema, the outer ones first. */
export function fieldsOf(schema: JsonObject, at = ''): readonly Field[] {
  const properties = Object.entries(objectIn(schema, 'properties'))
  const own = properties.map(([name, value]): Field => {
    const only = isObject(value)
      ? (value['const'] ?? (listIn(value, 'enum').length === 1 ? listIn(value, 'enum')[0] : undefined))
      : undefined
    return {
      name,
      pointer: `${at}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
      type: stringIn(value, 'type'),
      format: stringIn(value, 'format'),
      description: stringIn(value, 'description'),
      constant: typeof only === 'string' ? only : undefined,
    }
  })
  const inner = properties.flatMap(([name, value], index) =>
    isObject(value) && name !== '' ? fieldsOf(value, own[index]?.pointer) : [],
  )
  return [...own, ...inner]
}

/** `required` with nothing in it says nothing. */
function isEmpty(value: Json): boolean {
  return Array.isArray(value) && value.length === 0
}

function imported(value: Json): Json {
  return isObject(value) ? importedSchema(value) : value
}

function merge(whole: JsonObject, part: JsonObject): JsonObject {
  return {
    ...whole,
    ...part,
    required: [...new Set([...listIn(whole, 'required'), ...listIn(part, 'required')])],
    properties: { ...objectIn(whole, 'properties'), ...objectIn(part, 'properties') },
  }
}
