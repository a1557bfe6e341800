// Generated from specs/bureau/openapi.yaml (sha256 dbb7ad177ae0514e).
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
  '/guests': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    /** Renews the token that a guest was given at the door. */
    put: operations['renewGuest']
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/members': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    /** Renews the tokens of a member. */
    put: operations['renewMember']
    /** Issues the tokens of a member. */
    post: operations['admitMember']
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
  schemas: {
    Error: {
      error?: {
        /** @enum {integer} */
        code?: 7 | 8 | 9 | 12 | 13
      }
    }
    Membership: {
      card?: {
        colour?: string | null
      }
      ends?: string
      number?: number
      ok?: boolean
      renewal?: string
      token?: string
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
  renewGuest: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/x-www-form-urlencoded': {
          renewal: string
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
            ends?: number
            renewal?: string
            renewal_ends?: string
            token?: string
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
    }
  }
  renewMember: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          renewal: string
        }
      }
    }
    responses: {
      /** @description The tokens, or an error. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Membership']
        }
      }
      /** @description An error. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Error']
        }
      }
    }
  }
  admitMember: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          member: string
          word?: string
        }
      }
    }
    responses: {
      /** @description The tokens, or an error. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Membership']
        }
      }
      /** @description An error. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Error']
        }
      }
      /** @description Turned away. */
      403: {
        headers: {
          'X-Reason'?: string
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
          purpose?: string
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
            scope?: string | string[]
            token_type?: string
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
