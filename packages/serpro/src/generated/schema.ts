// Generated from specs/serpro/openapi.yaml (sha256 7271bfcf9924ac6a).
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
    /** Issues the pair of tokens of Integra Contador. */
    post: operations['authenticate']
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
    /** Issues a token of the gateway. */
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
  authenticate: {
    parameters: {
      query?: never
      header: {
        'Role-Type': 'TERCEIROS'
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/x-www-form-urlencoded': {
          /**
           * @description The grant of RFC 6749 §4.4.
           * @enum {string}
           */
          grant_type: 'client_credentials'
        }
      }
    }
    responses: {
      /** @description The pair. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            access_token?: string
            expires_in?: number
            jwt_token?: string
            scope?: string
            token_type?: string
          }
        }
      }
      /** @description undocumented */
      401: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description QUOTED: another media type than a form. */
      415: {
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
          /**
           * @description The grant of RFC 6749 §4.4.
           * @enum {string}
           */
          grant_type: 'client_credentials'
        }
      }
    }
    responses: {
      /** @description A token. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            access_token?: string
            expires_in?: number
            scope?: string
            token_type?: string
          }
        }
      }
      /** @description undocumented */
      401: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
    }
  }
}
