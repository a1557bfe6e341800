import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript'
import type { JsonObject } from '../spec/json.ts'
import type { Spec } from '../spec/spec.ts'
import { banner } from './banner.ts'

/**
 * `schema.ts`: the document as types. This is the only importer of openapi-typescript; its Node API is used because its
 * command line ignores per-document options and its `--check` passes falsely with several documents.
 */
export async function schemaTypes(spec: Spec): Promise<string> {
  const document = structuredClone(spec.document)
  if (!isOpenApi(document)) throw new TypeError(`${spec.file} is no OpenAPI document`)
  const nodes = await openapiTS(document, { alphabetize: true, emptyObjectsUnknown: true, silent: true })
  return `${banner(spec)}\n${astToString(nodes)}`
}

function isOpenApi(document: JsonObject | OpenAPI3): document is OpenAPI3 {
  return typeof document['openapi'] === 'string'
}
