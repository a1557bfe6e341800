// Generated from specs/gateway/openapi.yaml (sha256 44d9dae682f920b6).
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
    /** Issues tokens (RFC 6749 §3.2). */
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
  schemas: {
    OAuthError: {
      code?: string | number | boolean
      error?: string
      error_description?: string
      error_uri?: string
    }
    OAuthToken: {
      access_token?: string
      expires_in?: number | string
      scope?: string
      tenant?: {
        name?: string | number | boolean
      }
      token_type?: string
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
  issueToken: {
    parameters: {
      query?: never
      header?: {
        'X-Contract'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/x-www-form-urlencoded': {
          /**
           * @description What is exchanged for a token.
           * @enum {string}
           */
          grant_type: 'client_credentials'
          scope?: string
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
          'application/json': components['schemas']['OAuthToken']
        }
      }
      /** @description An error (RFC 6749 §5.2). */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['OAuthError']
        }
      }
      /** @description An error (RFC 6749 §5.2). */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['OAuthError']
        }
      }
      /** @description An error (RFC 6749 §5.2). */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['OAuthError']
        }
      }
    }
  }
}
