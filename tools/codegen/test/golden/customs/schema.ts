// Generated from specs/customs/openapi.yaml (sha256 aa8ae6e75e359b82).
// Do not edit: change the spec, then run `pnpm generate`.

export interface paths {
  '/agents': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Issues a token of an agent, for a broker. */
    post: operations['admitAgent']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/brokers': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Issues a token of a broker. */
    post: operations['admitBroker']
    /** Ends it. */
    delete: operations['dismissBroker']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/traders': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    /** Renews it. */
    put: operations['renewTrader']
    /** Issues a token of a trader, and a JWT beside it. */
    post: operations['admitTrader']
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
  admitAgent: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          word: string
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
            jwt_token?: string
            lane?: number
            renewal?: string
            seal?: {
              pin?: string | null
            }
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
      /** @description An unknown trader. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
    }
  }
  admitBroker: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          word: string
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
            jwt_token?: string
            lane?: number
            renewal?: string
            seal?: {
              pin?: string | null
            }
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
      /** @description An unknown trader. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
    }
  }
  dismissBroker: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Gone. */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description An unknown token. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
    }
  }
  renewTrader: {
    parameters: {
      query: {
        lane: number
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          jwt: string
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
            jwt_token?: string
            lane?: number
            renewal?: string
            seal?: {
              pin?: string | null
            }
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
      /** @description An unknown trader. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
    }
  }
  admitTrader: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          trader: string
          word: string
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
            jwt_token?: string
            lane?: number
            renewal?: string
            seal?: {
              pin?: string | null
            }
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
      /** @description An unknown trader. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
    }
  }
}
