// Generated from specs/efi/openapi.yaml (sha256 45a0df1b44c2e969).
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
    /**
     * Issues a token of the API Pix.
     * @description PIX: method, path, headers and body; the certificate is in this request too.
     */
    post: operations['issuePixToken']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/v1/authorize': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Issues a token of the API Cobranças.
     * @description COB: method, path, headers and body; no certificate.
     */
    post: operations['issueChargesToken']
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
    ChargesToken: {
      access_token?: string
      /** @description COB: “Timestamp ISO 8601”, milliseconds since 1970 in the example. Not read. */
      expire_at?: string
      /** @description COB: seconds, 600. */
      expires_in?: number
      /** @description COB: how it is sent is undocumented. Not read. */
      refresh_token?: string
      token_type?: string
    }
    Grant: {
      /**
       * @description PIX, COB: always this one.
       * @enum {string}
       */
      grant_type: 'client_credentials'
    }
    PixToken: {
      access_token?: string
      /** @description PIX: seconds, 3600. */
      expires_in?: number
      /** @description PIX: what the application may do. */
      scope?: string
      token_type?: string
    }
  }
  responses: {
    /** @description undocumented: how wrong credentials are answered, and any body. */
    Refused: {
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
  issuePixToken: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['Grant']
      }
    }
    responses: {
      /** @description PIX: the token. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['PixToken']
        }
      }
      401: components['responses']['Refused']
      default: components['responses']['Refused']
    }
  }
  issueChargesToken: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['Grant']
      }
    }
    responses: {
      /** @description COB: the token. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ChargesToken']
        }
      }
      401: components['responses']['Refused']
      default: components['responses']['Refused']
    }
  }
}
