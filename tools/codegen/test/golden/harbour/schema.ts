// Generated from specs/harbour/openapi.yaml (sha256 d6661670f336a43c).
// Do not edit: change the spec, then run `pnpm generate`.

export interface paths {
  '/device/{device}/tokens': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Exchanges the permanent key for a device token. */
    post: operations['registerDevice']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/session': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    /** Exchanges a session for a longer one. */
    put: operations['extendSession']
    /** Opens a session; the token is in a header. */
    post: operations['openSession']
    /** Ends a session. */
    delete: operations['closeSession']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/voyage': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    /** Continues a voyage. */
    put: operations['continueVoyage']
    /** Begins a voyage. The refresh token is in a header, its end in the body. */
    post: operations['beginVoyage']
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
    Session: {
      ends?: string
      refresh?: string
      refresh_ends?: string
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
  registerDevice: {
    parameters: {
      query?: never
      header?: never
      path: {
        device: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': Record<string, unknown>
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
            data?: string
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
  extendSession: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The session. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Session']
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
  openSession: {
    parameters: {
      query?: {
        note?: string
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The session. */
      204: {
        headers: {
          'X-Session'?: string
          'X-Session-Ends'?: string
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
  closeSession: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          token: string
        }
      }
    }
    responses: {
      /** @description Ended. */
      200: {
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
  continueVoyage: {
    parameters: {
      query?: never
      header?: never
      path?: never
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
      /** @description The voyage. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Session']
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
  beginVoyage: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The voyage. */
      201: {
        headers: {
          'X-Refresh'?: string
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Session']
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
