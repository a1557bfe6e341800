// The two shapes that the generated files in `generated/` are written in: a bundled OpenAPI 3.1 document (every `$ref`
// resolved) and the request/response pairs that a provider's documents show. Only what the simulator reads is typed.

import type { Json, JsonObject } from './json.ts'

/** A JSON Schema (2020-12, as OpenAPI 3.1 uses it), already dereferenced. */
export type JsonSchema = JsonObject

/** A bundled OpenAPI 3.1 document, without the `x-` facts that the generated clients are made from. */
export interface OpenApiDocument {
  readonly openapi: string
  readonly info: { readonly title: string; readonly version: string; readonly [other: string]: unknown }
  readonly servers?: readonly OpenApiServer[] | undefined
  readonly security?: readonly JsonObject[] | undefined
  readonly tags?: readonly JsonObject[] | undefined
  readonly externalDocs?: JsonObject | undefined
  readonly paths: Readonly<Record<string, OpenApiPathItem>>
  readonly components?: JsonObject | undefined
  readonly [other: string]: unknown
}

/** Where a documented API is served. */
interface OpenApiServer {
  readonly url: string
  readonly description?: string | undefined
  readonly [other: string]: unknown
}

/** The operations of one path, keyed by lower-case method. Parameters are written on each operation. */
type OpenApiPathItem = Readonly<Record<string, OpenApiOperation>>

/** One documented operation. */
export interface OpenApiOperation {
  readonly operationId: string
  readonly summary?: string | undefined
  readonly description?: string | undefined
  readonly tags?: readonly string[] | undefined
  readonly parameters?: readonly OpenApiParameter[] | undefined
  readonly requestBody?: OpenApiRequestBody | undefined
  /** By status (`'200'`, `'default'`). */
  readonly responses: Readonly<Record<string, OpenApiResponse>>
  readonly security?: readonly JsonObject[] | undefined
  readonly [other: string]: unknown
}

/** A parameter of an operation. */
export interface OpenApiParameter {
  readonly name: string
  readonly in: 'query' | 'path' | 'header' | 'cookie'
  readonly required?: boolean | undefined
  readonly description?: string | undefined
  readonly schema?: JsonSchema | undefined
  readonly [other: string]: unknown
}

/** What an operation takes as its body. */
interface OpenApiRequestBody {
  readonly required?: boolean | undefined
  readonly description?: string | undefined
  readonly content: Readonly<Record<string, OpenApiMediaType>>
  readonly [other: string]: unknown
}

/** What an operation answers with one status. */
interface OpenApiResponse {
  readonly description?: string | undefined
  readonly headers?: JsonObject | undefined
  readonly content?: Readonly<Record<string, OpenApiMediaType>> | undefined
  readonly [other: string]: unknown
}

/** The schema of a body in one content type. */
export interface OpenApiMediaType {
  readonly schema?: JsonSchema | undefined
  readonly example?: Json | undefined
  readonly examples?: JsonObject | undefined
  readonly [other: string]: unknown
}

/** A request and the answer that the provider's documents show for it. */
export interface DocumentedExample {
  /** The `operationId` in the document. */
  readonly operation: string
  /** What the example shows, unique within its operation. */
  readonly name: string
  /** Where it is documented. */
  readonly source: string
  readonly request: {
    readonly query?: Readonly<Record<string, string>> | undefined
    readonly headers?: Readonly<Record<string, string>> | undefined
    readonly body?: Json | undefined
  }
  readonly response: {
    readonly status: number
    readonly headers?: Readonly<Record<string, string>> | undefined
    readonly body?: Json | undefined
  }
}
