/** An object of a document that was read, whose fields nothing has checked yet. */
export type JsonRecord = Readonly<Record<string, unknown>>

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value if it is an object, otherwise an object without fields. */
export function recordOf(value: unknown): JsonRecord {
  return isRecord(value) ? value : {}
}
