// Generated from specs/bitize/openapi.yaml (sha256 0add907e60e6fbdc).
// Do not edit: change the spec, then run `pnpm generate`.

export interface paths {
  '/auth': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Exchanges a refresh token for a new access token and a new refresh token.
     * @description FOUND (reference/Bitize.v1.yaml, `get-auth`): "Endpoint para obtenção de um novo token através de um
     * refresh token válido", with no authentication of its own. The page shows the same call from its revision bf334fd
     * on. undocumented: whether the refresh token that was sent stays valid.
     */
    get: operations['refreshAccessToken']
    put?: never
    /**
     * Exchanges the keys of an integration for an access token and a refresh token.
     * @description SEED: method, path and body. FOUND (reference/Bitize.v1.yaml, `post-auth`): no authentication of its
     * own. undocumented: whether tokens issued earlier stay valid, how many may be live, and any rate limit.
     */
    post: operations['authenticate']
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
    /**
     * The error model
     * @description FOUND (reference/Error.v1.yaml): "Essa é a estrutura padrão das mensagens de erro da plataforma".
     */
    Error: {
      /** @description FOUND: "Descrição do erro". */
      detail?: string
      /**
       * @description FOUND: "Código de erro HTTP".
       * @enum {number}
       */
      status: 400 | 401 | 403 | 404 | 500
      /** @description FOUND: "Breve descrição do erro". */
      title: string
      /**
       * @description FOUND: "Caso seja um erro de validação de campos, o erro será detalhado aqui". undocumented: the
       * shape of an item.
       */
      validation?: Record<string, unknown>[] | null
    }
    /** The keys of an integration */
    Keys: {
      /**
       * Format: uuid
       * @description SEED: "Chave de Consumo".
       */
      consumer_key: string
      /**
       * Format: password
       * @description SEED: "Chave Secreta".
       */
      secret_key: string
    }
    /** An access token, a refresh token, and when they end */
    TokenPair: {
      /** @description SEED: "Token". */
      access_token?: string
      /**
       * Format: date-time
       * @description SEED: "Data e hora da expiração do Token". FOUND (example): UTC, with milliseconds and Z.
       * undocumented: the length of a token's life. INFERRED from the example: 24 hours.
       */
      expiration_access_token?: string
      /**
       * Format: date-time
       * @description SEED: "Data e hora do Refresh Token". FOUND (example): UTC, with milliseconds and Z. undocumented:
       * the length of its life. INFERRED from the example: 48 hours.
       */
      expiration_refresh_token?: string
      /** @description SEED: "Refresh Token". */
      refresh_token?: string
    }
  }
  responses: {
    /**
     * @description undocumented: no other status is listed for this operation, 429 and 5xx included. Any body is
     * possible.
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
  refreshAccessToken: {
    parameters: {
      query: {
        /**
         * @description FOUND (reference/Bitize.v1.yaml): a secret that the vendor demands in the query. A log of URLs
         * contains it.
         */
        refresh_token: string
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description FOUND (reference/Bitize.v1.yaml): the same four fields, a new refresh token among them. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['TokenPair']
        }
      }
      /**
       * @description FOUND (reference/Bitize.v1.yaml): "Unauthorized: O cliente deve se autenticar para obter a
       * resposta solicitada."
       */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Error']
        }
      }
      default: components['responses']['Undocumented']
    }
  }
  authenticate: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['Keys']
      }
    }
    responses: {
      /** @description SEED: the pair of tokens and their ends. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['TokenPair']
        }
      }
      /**
       * @description FOUND (reference/Bitize.v1.yaml): "Bad Request: Significa que o servidor não entendeu a requisição
       * pois está com uma sintaxe inválida." undocumented: whether wrong keys answer this or another status.
       */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Error']
        }
      }
      default: components['responses']['Undocumented']
    }
  }
}
