import type { OpenApiDocument } from '../src/openapi-document.ts'

/** Where a documented operation is sent to. */
export const requestLine = (document: OpenApiDocument, operation: string): { method: string; path: string } => {
  for (const [path, item] of Object.entries(document.paths)) {
    for (const [method, { operationId }] of Object.entries(item)) {
      if (operationId === operation) return { method: method.toUpperCase(), path }
    }
  }
  throw new Error(`no operation ${operation}`)
}
