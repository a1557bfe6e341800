// Generated from specs/vault/openapi.yaml (sha256 e86b3dcec73eeda2).
// Do not edit: change the spec, then run `pnpm generate`.

export interface paths {
  '/authenticate': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Issues the pair of tokens. */
    post: operations['authenticate']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
}
export type webhooks = Record<string, never>
export interface components {
  schemas: never
  responses: never
  parameters: never
  requestBodies: never
  headers: never
  pathItems: never
}
export type $defs = Record<string, never>
export interface operations {
  authenticate: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/x-www-form-urlencoded': {
          grant_type: string
        }
      }
    }
    responses: {
      /** @description The pair of tokens. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            access_token?: string
            jwt_token?: string
          }
        }
      }
      /** @description An unknown client. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
    }
  }
}
