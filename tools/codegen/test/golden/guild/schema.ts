// Generated from specs/guild/openapi.yaml (sha256 f31f47d9ec9c0551).
// Do not edit: change the spec, then run `pnpm generate`.

export interface paths {
  '/badges': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Issues a badge, which does not end. */
    post: operations['issueBadge']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/codes': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Issues a code that the member types on a page. */
    post: operations['showCode']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/codes/exchange': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Issues a pass for the code that the page showed. */
    post: operations['exchangeCode']
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
    /** Issues tokens for each grant. */
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
  issueBadge: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          application: string
          code: string
        }
      }
    }
    responses: {
      /** @description The badge. */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            badge?: string
          }
        }
      }
      /** @description undocumented */
      400: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
    }
  }
  showCode: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/x-www-form-urlencoded': {
          application: string
          scope?: string
        }
      }
    }
    responses: {
      /** @description The code. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            lasts?: number
            page?: string
            proof?: string
            user_code?: string
          }
        }
      }
      /** @description undocumented */
      400: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
    }
  }
  exchangeCode: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          code: string
          proof: string
        }
      }
    }
    responses: {
      /** @description The pass. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            pass?: string
          }
        }
      }
      /** @description undocumented */
      400: {
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
          code?: string
          code_verifier?: string
          /** @enum {string} */
          grant_type: 'authorization_code' | 'refresh_token'
          redirect_uri?: string
          refresh_token?: string
        }
      }
    }
    responses: {
      /** @description The tokens. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            access_token?: string
            expires_in?: number
            member?: number
            refresh_token?: string
          }
        }
      }
      /** @description An error. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            error?: string
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
