import type { Answer } from '../answer.ts'
import { isJsonObject, type Json, textIn, writtenText } from '../json.ts'
import type { JsonSchema, OpenApiOperation } from '../openapi-document.ts'
import { schemaAt, withValue } from './pointer.ts'
import { sampleOf } from './sample.ts'

/** An answer that is being written: values go where the expressions of a spec find them again. */
export interface AnswerDraft {
  /** Of the body, where the document describes it. */
  readonly schema: JsonSchema | undefined
  /** Puts a value where `$response.body#/…` or `$response.header.X` points to; elsewhere, nothing happens. */
  set(expression: Json | undefined, value: Json): void
  /** Puts a made-up value there, and returns it. */
  make(expression: Json | undefined, name: string): Json | undefined
  done(): Answer
}

/** The answer of an operation that succeeded: what the document demands of it, and nothing else yet. */
export const draftAnswer = ({ responses }: OpenApiOperation): AnswerDraft => {
  const [status = '200', response] = Object.entries(responses).find(([code]) => /^2(\d\d|XX)$/.test(code)) ?? []
  const schema = jsonSchemaOf(response?.content)
  return draft(Number(status.replace('XX', '00')), schema)
}

/** The same of one that was refused with a status. */
export const draftRefusal = ({ responses }: OpenApiOperation, status: number): AnswerDraft => {
  const response = responses[status] ?? responses[`${String(status)[0]}XX`] ?? responses['default']
  return draft(status, jsonSchemaOf(response?.content))
}

const draft = (status: number, schema: JsonSchema | undefined): AnswerDraft => {
  const headers: Record<string, string> = {}
  let body: Json | undefined = schema === undefined ? undefined : sampleOf(schema)
  const set = (expression: Json | undefined, value: Json): void => {
    const place = placeOf(expression)
    if (place?.header !== undefined) headers[place.header] = writtenText(value)
    if (place?.pointer !== undefined) body = withValue(body, place.pointer, value)
  }
  return {
    schema,
    set,
    make: (expression, name) => {
      const pointer = placeOf(expression)?.pointer
      const value = pointer === undefined ? `simulated-${name}` : sampleOf(schemaAt(schema, pointer), name)
      if (placeOf(expression) === undefined) return undefined
      set(expression, value)
      return value
    },
    done: () => ({ status, headers, ...(body !== undefined && { body }) }),
  }
}

const placeOf = (expression: Json | undefined): { pointer?: string; header?: string } | undefined => {
  const text = typeof expression === 'string' ? expression : ''
  const [, pointer] = /^\$response\.body#(\/.+)$/.exec(text) ?? []
  if (pointer !== undefined) return { pointer }
  const [, header] = /^\$response\.header\.([A-Za-z0-9-]+)$/.exec(text) ?? []
  return header === undefined ? undefined : { header }
}

const jsonSchemaOf = (content: Readonly<Record<string, { schema?: JsonSchema | undefined }>> = {}) =>
  Object.entries(content).find(([type]) => /^application\/(.+\+)?json\b/.test(type))?.[1].schema

/** The schema of the value that an expression points to. */
export const schemaOfPlace = (schema: JsonSchema | undefined, expression: Json | undefined): JsonSchema | undefined => {
  const pointer = placeOf(expression)?.pointer
  return pointer === undefined ? undefined : schemaAt(schema, pointer)
}

/** Where a kept secret is: `at`, or the text itself. */
export const expressionOf = (value: Json): Json => (isJsonObject(value) ? (textIn(value, 'at') ?? null) : value)

/** The first of several values that each have a meaning. */
export const firstOf = (value: Json): Json => (Array.isArray(value) ? (value[0] ?? null) : value)
