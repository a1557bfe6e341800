import { type OutputUnit, type Schema, Validator } from '@cfworker/json-schema'
import { FORM, parseForm } from './form.ts'
import type { Call } from './incoming-request.ts'
import { isJsonObject, type JsonObject } from './json.ts'
import { mediaType } from './media-type.ts'
import type { JsonSchema, OpenApiMediaType, OpenApiOperation, OpenApiParameter } from './openapi-document.ts'

/**
 * Compares requests with a documented operation. The sentence it returns names the field and what was expected, and never
 * repeats what was sent: that may be a secret.
 */
export const createRequestValidator = (operation: OpenApiOperation): ((call: Call) => string | undefined) => {
  const parameters = (operation.parameters ?? []).filter(isParameter)
  const checks = [queryCheck(parameters), ...parameters.map(parameterCheck), bodyCheck(operation)]
  return (call) => {
    for (const check of checks) {
      const problem = check(call)
      if (problem !== undefined) return problem
    }
    return undefined
  }
}

type Check = (call: Call) => string | undefined

/** OpenAPI 3.1, Parameter Object: headers of these names are described elsewhere, and such parameters are ignored. */
const isParameter = ({ in: where, name }: OpenApiParameter): boolean =>
  where !== 'header' || !['accept', 'content-type', 'authorization'].includes(name.toLowerCase())

const queryCheck = (parameters: readonly OpenApiParameter[]): Check => {
  const documented = new Set(parameters.filter(({ in: where }) => where === 'query').map(({ name }) => name))
  return ({ url }) => {
    for (const name of url.searchParams.keys()) {
      if (!documented.has(name)) return `query.${name}: not documented`
      if (url.searchParams.getAll(name).length > 1) return `query.${name}: given more than once`
    }
    return undefined
  }
}

const parameterCheck = (parameter: OpenApiParameter): Check => {
  const where = `${parameter.in}.${parameter.name}`
  const violation = schemaCheck(parameter.schema, where)
  return (call) => {
    const value = parameterValue(parameter, call)
    if (value === undefined) return parameter.required === true ? `${where}: required, but missing` : undefined
    return violation(coerced(value, parameter.schema))
  }
}

const parameterValue = (parameter: OpenApiParameter, { url, headers, params }: Call): string | undefined => {
  switch (parameter.in) {
    case 'query':
      return url.searchParams.get(parameter.name) ?? undefined
    case 'path':
      return params[parameter.name]
    case 'header':
      return headers.get(parameter.name) ?? undefined
    case 'cookie':
      return undefined
  }
}

/** Parameters are text; a schema that wants a number or a boolean means the text of one. */
const coerced = (value: string, schema: JsonSchema | undefined): string | number | boolean => {
  const { type } = schema ?? {}
  if ((type === 'integer' || type === 'number') && value.trim() !== '' && !Number.isNaN(Number(value))) {
    return Number(value)
  }
  return type === 'boolean' && (value === 'true' || value === 'false') ? value === 'true' : value
}

const bodyCheck = ({ requestBody }: OpenApiOperation): Check => {
  if (requestBody === undefined) return () => undefined
  const expected = Object.keys(requestBody.content)
  const checks = new Map(Object.entries(requestBody.content).map(([type, media]) => [type, mediaCheck(type, media)]))
  return (call) => {
    if (call.text === '') return requestBody.required === true ? 'body: required, but missing' : undefined
    const check = checks.get(mediaType(call.headers))
    if (check === undefined) return `header.content-type: expected ${expected.join(' or ')}`
    return check(call)
  }
}

const mediaCheck = (type: string, { schema }: OpenApiMediaType): Check => {
  const violation = schemaCheck(schema, 'body')
  if (type === FORM) return ({ text }) => violation(typedFields(parseForm(text), schema))
  return ({ body }) => (body === undefined ? 'body: expected JSON' : violation(body))
}

/** A form's fields are text, as parameters are. */
const typedFields = (fields: JsonObject, schema: JsonSchema | undefined): JsonObject => {
  const properties = schema?.['properties']
  const schemaOf = (name: string): JsonSchema | undefined => {
    const found = isJsonObject(properties) ? properties[name] : undefined
    return isJsonObject(found) ? found : undefined
  }
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      typeof value === 'string' ? coerced(value, schemaOf(name)) : value,
    ]),
  )
}

const schemaCheck = (schema: JsonSchema | undefined, where: string): ((value: unknown) => string | undefined) => {
  if (schema === undefined) return () => undefined
  // A copy, because the validator writes its bookkeeping into the schema that it is given.
  const copy: Schema = JSON.parse(JSON.stringify(schema))
  const validator = new Validator(copy, '2020-12')
  return (value) => {
    // The last unit is the deepest: those before it only say that one of their parts is wrong.
    const violation = validator.validate(value).errors.at(-1)
    return violation === undefined ? undefined : describe(violation, where)
  }
}

// For these the validator's sentence begins with the value itself.
const REPEATS_THE_VALUE = new Set(['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'])

const describe = ({ keyword, instanceLocation, error }: OutputUnit, where: string): string => {
  const field = `${where}${instanceLocation.slice(1).replaceAll('/', '.')}`
  return `${field}: ${REPEATS_THE_VALUE.has(keyword) ? `does not satisfy "${keyword}"` : error.replace(/\.$/, '')}`
}
