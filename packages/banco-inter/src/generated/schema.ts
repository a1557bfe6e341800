// Generated from specs/banco-inter/openapi.yaml (sha256 6b730f09a1267b9b).
// Do not edit: change the spec, then run `pnpm generate`.

export interface paths {
  '/oauth/v2/token': {
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
      error?: string
      error_description?: string
      error_uri?: string
    }
    OAuthToken: {
      access_token?: string
      expires_in?: number | string
      scope?: string
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
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/x-www-form-urlencoded': {
          client_id?: string
          client_secret?: string
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
    }
  }
}
