// Generated from specs/exchange/openapi.yaml (sha256 2bc65b0a83603931).
// Do not edit: change the spec, then run `pnpm generate`.

export interface paths {
  '/accounts/{accountId}/tokens': {
    parameters: {
      query?: never
      header?: never
      path: {
        accountId: string
      }
      cookie?: never
    }
    get?: never
    put?: never
    /** Exchanges the permanent key for a token. */
    post: operations['createToken']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/accounts/{accountId}/tokens/refresh': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    /** Exchanges a refresh token for a token. */
    put: operations['refreshToken']
    post?: never
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
  createToken: {
    parameters: {
      query?: never
      header?: never
      path: {
        accountId: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          'grant-type': string
          single?: boolean
        }
      }
    }
    responses: {
      /** @description A token. */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: {
              ends?: {
                date?: string
                'time-zone'?: string
              }
              id?: string
              token?: string
            }
            refresh?: string
            refresh_in?: string | number
          }
        }
      }
      /** @description The key is wrong. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
    }
  }
  refreshToken: {
    parameters: {
      query?: never
      header?: {
        'X-Attempt'?: number
      }
      path: {
        accountId: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          refresh: string
        }
      }
    }
    responses: {
      /** @description A list with the token. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            tokens?: string[]
          }
        }
      }
      /** @description The refresh token is spent. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
    }
  }
}
