// Generated from specs/bling/openapi.yaml (sha256 60f1e32aa5944fd8).
// Do not edit: change the spec, then run `pnpm generate`.

export interface paths {
  '/oauth/revoke': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Revokes a token (RFC 7009 §2). */
    post: operations['revokeToken']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
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
      error?:
        | string
        | {
            message?: string | number | boolean
            type?: string | number | boolean
          }
      error_description?: string
      error_uri?: string
    }
    OAuthToken: {
      access_token?: string
      expires_in?: number | string
      refresh_token?: string
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
  revokeToken: {
    parameters: {
      query?: never
      header?: {
        'enable-jwt'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/x-www-form-urlencoded': {
          token: string
          token_type_hint?: string
        }
      }
    }
    responses: {
      /** @description The token is revoked, or was unknown. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content?: never
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
  issueToken: {
    parameters: {
      query?: never
      header?: {
        'enable-jwt'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/x-www-form-urlencoded': {
          code?: string
          code_verifier?: string
          /**
           * @description What is exchanged for a token.
           * @enum {string}
           */
          grant_type: 'authorization_code' | 'refresh_token'
          redirect_uri?: string
          refresh_token?: string
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
