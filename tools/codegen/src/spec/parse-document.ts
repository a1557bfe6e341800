import { type Document, makeDocumentFromString, YamlParseError } from '@redocly/openapi-core'
import { isJson, isObject, type JsonObject } from './json.ts'
import { locateYamlError, SpecError } from './located-problem.ts'

/**
 * Parses YAML or JSON, keeping its text so that problems can be placed in it. `file` is the name that is shown.
 *
 * @throws SpecError when it is neither.
 */
export function parseDocument(text: string, path: string, file: string): Document {
  try {
    return makeDocumentFromString(text, path)
  } catch (error) {
    if (!(error instanceof YamlParseError)) throw error
    throw new SpecError([locateYamlError(error, file)])
  }
}

/** A spec or an example is a JSON object; everything else about it is for the rules to say. */
export function jsonObjectOf({ parsed }: Document): JsonObject {
  return isJson(parsed) && isObject(parsed) ? parsed : {}
}
