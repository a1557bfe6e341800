/** A value that JSON can hold. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject

/** A JSON object. */
export interface JsonObject {
  readonly [key: string]: Json
}

export const isJsonObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The text under a name; undefined if it is missing. */
export const textIn = (value: Json | undefined, name: string): string | undefined => {
  const text = isJsonObject(value) ? value[name] : undefined
  return typeof text === 'string' ? text : undefined
}

/** A value as it would be in a form, a header or a query: objects and lists are JSON there. */
export const writtenText = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value))

/** Reads JSON; undefined if the text isn't JSON. */
export const parseJson = (text: string): Json | undefined => {
  try {
    const value: Json = JSON.parse(text)
    return value
  } catch {
    return undefined
  }
}
