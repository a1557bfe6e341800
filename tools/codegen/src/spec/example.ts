import type { Json } from './json.ts'

/** A request and the answer that the provider's documents show for it: a file of `specs/<id>/examples`. */
export interface DocumentedExample {
  readonly operation: string
  readonly name: string
  readonly source: string
  readonly request: ExampleRequest
  readonly response: ExampleResponse
}

interface ExampleRequest {
  readonly query?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Json
}

interface ExampleResponse {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Json
}
