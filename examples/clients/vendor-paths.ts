// What openapi-typescript would write from the API's own document; `@chaveiro/bitize` knows the auth endpoints only.
import type { Vendor, VendorPage } from './simulated-bitize.ts'

interface Problem {
  status: number
  detail: string
}

interface Answers<T> {
  200: { headers: Record<string, unknown>; content: { 'application/json': T } }
  default: { headers: Record<string, unknown>; content: { 'application/json': Problem } }
}

export interface paths {
  '/vendors': {
    get: { responses: Answers<VendorPage> }
    post: { requestBody: { content: { 'application/json': Omit<Vendor, 'id'> } }; responses: Answers<Vendor> }
  }
  '/vendors/{id}': {
    get: { parameters: { path: { id: string } }; responses: Answers<Vendor> }
  }
}
