import { isObject, type Json, type JsonObject, listIn, objectIn } from '../spec/json.ts'
import { dereference } from '../spec/references.ts'
import type { Spec } from '../spec/spec.ts'
import { banner } from './banner.ts'

/**
 * `packages/simulator/src/generated/<id>.ts`: what the vendor documents, and nothing of the lifecycle. The simulator's
 * behaviour is written by hand, so that a mistaken lifecycle cannot pass on both sides.
 */
export function simulatorDocument(spec: Spec): string {
  return [
    banner(spec),
    `import type { ${spec.examples.length === 0 ? '' : 'DocumentedExample, '}OpenApiDocument } from '../openapi-document.ts'`,
    '',
    `/** The auth endpoints of ${spec.title} as documented, every \`$ref\` resolved. */`,
    `export const document: OpenApiDocument = ${JSON.stringify(documentedOnly(spec.document))}`,
    ...examplesOf(spec),
  ].join('\n')
}

/** Where its documents show none, there is nothing that a test could replay. */
function examplesOf({ examples }: Spec): readonly string[] {
  if (examples.length === 0) return []
  return [
    '',
    '/** Requests and answers that its documents show. */',
    `export const examples: readonly DocumentedExample[] = ${JSON.stringify(examples)}`,
  ]
}

/** What the vendor documents of it, without the lifecycle. */
export function documentedOnly(document: JsonObject): Json {
  return withoutLifecycle(resolvedDocument(document))
}

/**
 * The document with its references resolved in place, so that of its components only the security schemes stay.
 *
 * @throws Error when a schema contains itself.
 */
export function resolvedDocument(document: JsonObject): JsonObject {
  const paths = objectIn(document, 'paths')
  const { components, ...rest } = document
  return {
    ...rest,
    paths: Object.fromEntries(Object.keys(paths).map((path) => [path, operationsOf(document, objectIn(paths, path))])),
    components: { securitySchemes: dereference(document, objectIn(components, 'securitySchemes')) },
  }
}

const NOT_OPERATIONS = new Set(['parameters', 'summary', 'description', 'servers'])

/** The operations of a path, each with the parameters of the path written out. */
function operationsOf(document: JsonObject, path: JsonObject): JsonObject {
  const shared = listIn(path, 'parameters')
  return Object.fromEntries(
    Object.entries(path)
      .filter(([key]) => !NOT_OPERATIONS.has(key))
      .map(([method, operation]) => {
        const parameters = [...shared, ...listIn(operation, 'parameters')]
        const own = isObject(operation) ? operation : {}
        return [method, dereference(document, parameters.length === 0 ? own : { ...own, parameters })]
      }),
  )
}

function withoutLifecycle(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutLifecycle)
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'x-token-lifecycle' && key !== 'x-retry')
      .map(([key, item]) => [key, withoutLifecycle(item)]),
  )
}
