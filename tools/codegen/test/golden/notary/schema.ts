// Generated from specs/notary/openapi.yaml (sha256 8db934db556c9548).
// Do not edit: change the spec, then run `pnpm generate`.

export interface paths {
  '/oauth': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Opens a session. */
    post: operations['login']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/v1/access-token': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Lists tokens, their values hidden. */
    get: operations['listApplicationTokens']
    put?: never
    /** Mints an application token. */
    post: operations['createApplicationToken']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/v1/access-token/{id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    post?: never
    /** Revokes a token. */
    delete: operations['revokeApplicationToken']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
}
export type webhooks = Record<string, never>
export interface components {
  schemas: {
    Date: {
      date?: string
      timezone?: string
    }
  }
  responses: never
  parameters: never
  requestBodies: never
  headers: never
  pathItems: never
}
export type $defs = Record<string, never>
export interface operations {
  login: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          client_id: string
          /** @constant */
          grant_type: 'password'
          password: string
          username: string
        }
      }
    }
    responses: {
      /** @description A session. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            access_token?: string
            expires_in?: string | number
          }
        }
      }
      /** @description The password is wrong. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
    }
  }
  listApplicationTokens: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description One page of tokens. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/hal+json': {
            _embedded?: {
              access_token?: {
                expires?: components['schemas']['Date']
                id?: string
              }[]
            }
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
  createApplicationToken: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          expires: string
          password: string
        }
      }
    }
    responses: {
      /** @description The token, shown only this once. */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            accessToken?: string
            expires?: components['schemas']['Date']
            id?: string
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
  revokeApplicationToken: {
    parameters: {
      query?: never
      header?: never
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Revoked. */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
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
