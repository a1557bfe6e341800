import type { JsonObject } from './json.ts'

/** The media type of forms. */
export const FORM = 'application/x-www-form-urlencoded'

/** The fields of a form, decoded. One that is given more than once is a list. */
export const parseForm = (text: string): JsonObject => {
  const fields = new URLSearchParams(text)
  return Object.fromEntries(
    [...fields.keys()].map((name) => {
      const values = fields.getAll(name)
      return [name, values.length === 1 ? (values[0] ?? '') : values]
    }),
  )
}
