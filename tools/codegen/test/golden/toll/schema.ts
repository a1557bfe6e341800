// Generated from specs/toll/openapi.yaml (sha256 971b1d112e62b047).
// Do not edit: change the spec, then run `pnpm generate`.

export interface paths {
  '/drivers/token': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    /** Renews a driver's token. */
    put: operations['renewDriverToken']
    /** Issues a driver's token. */
    post: operations['issueDriverToken']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/gates/token': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    /** Renews a gate's token. */
    put: operations['renewGateToken']
    /** Issues a gate's token. */
    post: operations['issueGateToken']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/passages': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Passages of a driver or at a gate. */
    get: operations['listPassages']
    put?: never
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
  schemas: {
    Token: {
      refresh?: string
      seconds?: number
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
  renewDriverToken: {
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
      /** @description A token. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Token']
        }
      }
      /** @description The refresh token is used up. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
    }
  }
  issueDriverToken: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          driver: string
          pin: string
        }
      }
    }
    responses: {
      /** @description A token. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Token']
        }
      }
      /** @description The PIN is wrong. After three of them the driver is locked out. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
    }
  }
  renewGateToken: {
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
      /** @description A token. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Token']
        }
      }
      /** @description The refresh token is spent. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
    }
  }
  issueGateToken: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          gate: string
          secret: string
        }
      }
    }
    responses: {
      /** @description A token. The one in force, unless it ends within half an hour. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Token']
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
  listPassages: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Passages. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description The token has ended. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
    }
  }
}
