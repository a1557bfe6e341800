// Generated from specs/signet/openapi.yaml (sha256 ace0d03974179273).
// Do not edit: change the spec, then run `pnpm generate`.

export interface paths {
  '/oauth/token': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Issues a token. */
    post: operations['issueToken']
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
  issueToken: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/x-www-form-urlencoded': {
          assertion?: string
          client_assertion?: string
          client_assertion_type?: string
          grant_type: string
          scope?: string
        }
      }
    }
    responses: {
      /** @description Refused. */
      '4XX': {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description The token. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            access_token: string
            expires_in?: number
            scope?: string
          }
        }
      }
    }
  }
}
