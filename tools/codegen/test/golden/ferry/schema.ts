// Generated from specs/ferry/openapi.yaml (sha256 d41ceba3762176e9).
// Do not edit: change the spec, then run `pnpm generate`.

export interface paths {
  '/boats': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Issues a token of a boat. */
    post: operations['admitBoat']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/boats/end': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Ends it. */
    post: operations['dismissBoat']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/cargo': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Issues a token of a boat's cargo. */
    post: operations['admitCargo']
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
  admitBoat: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/x-www-form-urlencoded': {
          boat: string
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
            token?: string
          }
        }
      }
      /** @description An unknown boat. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
    }
  }
  dismissBoat: {
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
  admitCargo: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          hold: number
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
      /** @description An unknown boat. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
    }
  }
}
