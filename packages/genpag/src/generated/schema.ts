// Generated from specs/genpag/openapi.yaml (sha256 b36682d4ccd8e03c).
// Do not edit: change the spec, then run `pnpm generate`.

export interface paths {
  '/api/{sellerId}/tokens': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Exchanges the refresh token of a seller for an access token.
     * @description SEED: method, path, header and body; the same call gives the first token and every later one.
     * undocumented: whether a new access token ends the one before it, how many may be live, and any rate limit.
     */
    post: operations['createAccessToken']
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
  responses: {
    /** @description SEED: the access token. undocumented: the status. */
    AccessToken: {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/json': {
          /** @description SEED: the access token itself. No end, no refresh token and no type come with it. */
          data?: string
        }
      }
    }
    /** @description FOUND (cobrando_no_credito.md): the card token. undocumented: the status. */
    CardToken: {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/json': {
          data?: {
            /**
             * @description FOUND: "um token do cartão para utilizar no lugar do número do cartão nas chamadas
             * seguintes". INFERRED from the example: a UUID.
             */
            number_token?: string
          }
        }
      }
    }
    /**
     * @description undocumented for this operation, and so is its body. The guide's sentence on 401 is about the calls
     * that take an access token.
     */
    Unauthorized: {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/json': unknown
      }
    }
    /**
     * @description undocumented: no document lists a status of this operation, 429 and 5xx included, nor an error
     * model. Any body is possible.
     */
    Undocumented: {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/json': unknown
      }
    }
  }
  parameters: never
  requestBodies: never
  headers: never
  pathItems: never
}
export type $defs = Record<string, never>
export interface operations {
  createAccessToken: {
    parameters: {
      query?: never
      header?: never
      path: {
        /** @description SEED: "Meu ID" in the dashboard. INFERRED from a screenshot: a UUID. */
        sellerId: string
      }
      cookie?: never
    }
    /**
     * @description SEED: the empty JSON object. undocumented: the content type. The guide's curl names none; every
     * other documented call (FOUND) is application/json, so this one is taken to be that too.
     */
    requestBody: {
      content: {
        'application/json': Record<string, unknown>
      }
    }
    responses: {
      '2XX': components['responses']['AccessToken']
      200: components['responses']['AccessToken']
      401: components['responses']['Unauthorized']
      default: components['responses']['Undocumented']
    }
  }
}
