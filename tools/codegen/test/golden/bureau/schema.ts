// Generated from specs/bureau/openapi.yaml (sha256 5b7d3d9710e741eb).
// Do not edit: change the spec, then run `pnpm generate`.

export interface paths {
  '/clerks': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Issues a token of a clerk. */
    post: operations['admitClerk']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/token': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Issues a token of the application. */
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
  admitClerk: {
    parameters: {
      query?: never
      header?: {
        'X-Trace'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          clerk: {
            name: string
            pin?: string
          }
          desk: {
            floor: number
          }
        }
      }
    }
    responses: {
      /** @description The token. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            token?: string
          }
        }
      }
      /** @description An unknown clerk. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
    }
  }
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
          /** @enum {string} */
          grant_type: 'client_credentials'
          scope?: string
          version?: number
        }
      }
    }
    responses: {
      /** @description The token. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            access_token?: string
            expires_in?: number
          }
        }
      }
      /** @description An error. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content?: never
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
