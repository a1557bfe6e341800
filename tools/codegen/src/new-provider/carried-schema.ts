import { isObject, type Json, type JsonObject, listIn, objectIn, stringIn } from '../spec/json.ts'

// What a spec says about a value. Examples stay behind: one of them may be somebody's token.
const KEPT = ['type', 'format', 'description', 'const', 'required', 'minLength', 'maxLength', 'pattern']

/** A schema of another document, without references, as a spec of ours says it: OpenAPI 3.1, and nothing but facts. */
export function carriedSchema(schema: JsonObject): JsonObject {
  const merged = listIn(schema, 'allOf').filter(isObject).reduce<JsonObject>(merge, schema)
  const kept = Object.fromEntries(Object.entries(merged).filter(([key]) => KEPT.includes(key)))
  const only = listIn(merged, 'enum')
  const properties = Object.entries(objectIn(merged, 'properties'))
  return {
    ...kept,
    ...(merged['nullable'] === true ? { type: [stringIn(merged, 'type') ?? 'string', 'null'] } : {}),
    ...(only.length > 0 ? { enum: only } : {}),
    ...(properties.length > 0
      ? { properties: Object.fromEntries(properties.map(([name, value]) => [name, carried(value)])) }
      : {}),
    ...(merged['items'] === undefined ? {} : { items: carried(merged['items']) }),
  }
}

/** A value within a schema, and where it stands. */
export interface Field {
  readonly name: string
  /** From the schema's root: `/data/token`. */
  readonly pointer: string
  readonly type: string | undefined
  readonly format: string | undefined
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
      constant: typeof only === 'string' ? only : undefined,
    }
  })
  const inner = properties.flatMap(([name, value], index) =>
    isObject(value) && name !== '' ? fieldsOf(value, own[index]?.pointer) : [],
  )
  return [...own, ...inner]
}

function carried(value: Json): Json {
  return isObject(value) ? carriedSchema(value) : value
}

function merge(whole: JsonObject, part: JsonObject): JsonObject {
  return {
    ...whole,
    ...part,
    required: [...listIn(whole, 'required'), ...listIn(part, 'required')],
    properties: { ...objectIn(whole, 'properties'), ...objectIn(part, 'properties') },
  }
}
