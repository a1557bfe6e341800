import { type JsonObject, stringIn } from '../spec/json.ts'
import type { Problem } from '../spec/problem.ts'

const TO_3_1 = 'npx openapi-format@1 <file> --output openapi.yaml --convertTo 3.1'
const TO_3_0 = 'npx swagger2openapi@7 <file> --outfile openapi.json'

/** A spec is OpenAPI 3.1: of another version the rules would say a hundred things, and none of them that. */
export function checkDocumentVersion(document: JsonObject): Problem | undefined {
  const swagger = stringIn(document, 'swagger')
  if (swagger !== undefined) {
    const sentence = `This is Swagger ${swagger}, and specs are OpenAPI 3.1. Convert it to 3.0, and that to 3.1: ${TO_3_0}; ${TO_3_1}`
    return { at: ['swagger'], sentence }
  }
  const version = stringIn(document, 'openapi')
  if (version === undefined)
    return { at: [], sentence: 'This is not an OpenAPI document. Begin with `openapi: 3.1.0`.' }
  if (/^3\.1\.\d+$/.test(version)) return undefined
  const remedy = version.startsWith('3.0.')
    ? `Convert it: ${TO_3_1}`
    : 'Write it as 3.1: the types would silently leave out what is newer.'
  return { at: ['openapi'], sentence: `This is OpenAPI ${version}, and specs are OpenAPI 3.1. ${remedy}` }
}
