import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript'
import { type JsonObject, objectIn } from '../spec/json.ts'
import { isForDevices, type Spec } from '../spec/spec.ts'
import { type BannerSource, banner } from './banner.ts'

/**
 * `schema.ts`: the document as types. This is the only importer of openapi-typescript; its Node API is used because its
 * command line ignores per-document options and its `--check` passes falsely with several documents.
 */
export async function schemaTypes(spec: Spec): Promise<string> {
  return documentTypes(withoutDeviceOperations(spec), spec)
}

/** Any document as types. */
export async function documentTypes(document: JsonObject, source: BannerSource): Promise<string> {
  if (!isOpenApi(document)) throw new TypeError(`${source.file} is not an OpenAPI document`)
  const nodes = await openapiTS(document, { alphabetize: true, emptyObjectsUnknown: true, silent: true })
  return `${banner(source)}\n${astToString(nodes)}`
}

/** A client on a server does not offer what only a customer's own device may call. */
function withoutDeviceOperations(spec: Spec): JsonObject {
  const document = structuredClone(spec.document)
  const paths = { ...objectIn(document, 'paths') }
  for (const { path, method } of spec.operations.filter((operation) => isForDevices(spec, operation))) {
    const { [method.toLowerCase()]: _, ...others } = objectIn(paths, path)
    paths[path] = others
    if (Object.keys(others).length === 0) delete paths[path]
  }
  return { ...document, paths }
}

function isOpenApi(document: JsonObject | OpenAPI3): document is OpenAPI3 {
  return typeof document['openapi'] === 'string'
}
