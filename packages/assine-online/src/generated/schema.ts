// Generated from specs/assine-online/openapi.yaml (sha256 1e2022bf5da619c5).
// Do not edit: change the spec, then run `pnpm generate`.

export interface paths {
  '/oauth': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Opens a session with a user's name and password.
     * @description FOUND (Sessão, Quick start): method, path and body. undocumented: whether a second login ends the
     * first session, whether an account locks after wrong passwords, a second factor, and any rate limit.
     */
    post: operations['login']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/oauth/revoke': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Ends a session.
     * @description FOUND (Sessão): "Revogar o token de acesso, você estará fazendo logout na aplicação"; no
     * Authorization header is listed. undocumented: every answer, whether an application token can be ended this way,
     * and what becomes of the refresh token.
     */
    post: operations['revokeToken']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/v1/access-token': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Lists tokens without their values, those of sessions included.
     * @description SEED: method, path, header and answer; "o primeiro token corresponde ao nosso próprio token de
     * sessão". FOUND (Sessão): "Não será possível ver o token em si por questões de segurança". undocumented: whether
     * ended tokens are listed, and what tells a session's token from an application's.
     */
    get: operations['listApplicationTokens']
    put?: never
    /**
     * Makes an application token, which is shown this once.
     * @description SEED: method, path, header, body and answer; "as credenciais utilizadas para gerar este token devem
     * ser uma conta do tipo PJ". undocumented: how a wrong password, another kind of account or a date that does not
     * suit is answered; the longest life; whether an application token may make another.
     */
    post: operations['createApplicationToken']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/v1/access-token/{id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    post?: never
    /**
     * Revokes a token by its id.
     * @description SEED: method, path, header and status. undocumented: every other answer, that to a token which is
     * gone included.
     */
    delete: operations['revokeApplicationToken']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/v1/user': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Shows the user to whom the token belongs, and the organisation if there is one.
     * @description SEED: method, path, query, header and answer; "Caso exista configurações da sua organização na chave
     * businessUnit então esta conta está habilitada para gerar tokens de aplicação". undocumented: what an account of
     * another kind shows in that place.
     */
    get: operations['readUser']
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
    /** An application token */
    CreatedApplicationToken: {
      /** @description SEED: "este é o único momento que ele será exibido". */
      accessToken?: string
      detail?: string
      expires?: components['schemas']['Date']
      /**
       * @description SEED: "5347?q=verify&sessionIndex=…" in the example, while the list shows the same token as
       * "5347".
       */
      id?: string
      /** @description SEED: the status of the answer, 201, again. */
      status?: number
      title?: string
      type?: string
    }
    /** A date as PHP prints one */
    Date: {
      /** @description SEED: YYYY-MM-DD HH:mm:ss.ffffff, as in 2021-01-01 23:59:00.000000. */
      date?: string
      /** @description SEED: UTC. */
      timezone?: string
      /** @description SEED: 3. PHP has three: 1 is an offset, 2 an abbreviation, 3 an identifier. */
      timezone_type?: number
    }
    /**
     * Links
     * @description SEED: HAL. They leave out /v1 in the list of tokens, and in one capture of another page (FOUND) they
     * point to localhost: never followed.
     */
    Links: {
      [key: string]: {
        href?: string
      }
    }
    /** A token without its value */
    ListedToken: {
      _embedded?: {
        user?: {
          _links?: components['schemas']['Links']
          email?: string
          id?: number
          name?: string
          username?: string
        }
      }
      _links?: components['schemas']['Links']
      /** @description SEED: "***** HIDDEN *****". */
      accessToken?: string
      expires?: components['schemas']['Date']
      /** @description SEED: digits. */
      id?: string
      /** @description SEED: an empty object. FOUND (Sessão): the empty string at login. */
      scope?: Record<string, unknown> | string
    }
    /** A user's name and password, sent by an application */
    Login: {
      /** @description FOUND (Sessão): "Deve ter a identificação da aplicação. (padrão: app)". */
      client_id: string
      /**
       * @description FOUND (Sessão): "Deve ter o secret da aplicação (padrão: app)": no secret, as everybody has it.
       */
      client_secret: string
      /** @constant */
      grant_type: 'password'
      /**
       * Format: password
       * @description FOUND (Sessão): "Senha do usuário".
       */
      password: string
      /** @description FOUND (Sessão): "Identificação do usuário (e-mail)". */
      username: string
    }
    /** What makes an application token */
    NewApplicationToken: {
      /**
       * @description SEED: YYYY-MM-DD HH:mm:ss, as in "2021-01-01 23:59:00". INFERRED from the answer: in UTC.
       * undocumented: the earliest and the latest.
       */
      expires: string
      /**
       * Format: password
       * @description FOUND (Sessão): "A senha do usuário logado para confirmação".
       */
      password: string
    }
    /**
     * A problem
     * @description FOUND (Sessão): the 401 of the login. SEED: the 201 of a new application token has the same four
     * fields. undocumented: whether other operations answer their errors like this.
     */
    Problem: {
      detail?: string
      status?: number
      /** @description FOUND (Sessão): invalid_grant. */
      title?: string
      type?: string
    }
    /** A session */
    Session: {
      access_token?: string
      /** @description FOUND: the number 3600 (Sessão), the string "86400" (Quick start). */
      expires_in?: number | string
      /** @description FOUND (Sessão, Quick start). undocumented: any call that takes it. */
      refresh_token?: string
      /** @description FOUND: the empty string. The list of tokens shows an empty object instead. */
      scope?: string
      /** @description FOUND: Bearer. */
      token_type?: string
    }
    /** A page of tokens */
    TokenPage: {
      _embedded?: {
        access_token?: components['schemas']['ListedToken'][]
      }
      _links?: components['schemas']['Links']
      page?: number
      page_count?: number
      /** @description SEED: 25. */
      page_size?: number
      /** @description SEED: 3 beside two tokens in the example, so it is not relied upon. */
      total_items?: number
    }
    /** A user */
    User: {
      _embedded?: {
        /** The organisation of a PJ account */
        businessUnit?: {
          _links?: components['schemas']['Links']
          address?: string
          city?: string
          country?: string
          document?: string
          id?: number
          name?: string
          state?: string
          /** @description SEED: null in the example. INFERRED from the user's own status: a string. */
          status?: null | string
          zipCode?: string
        } | null
      }
      _links?: components['schemas']['Links']
      address?: string
      cellphone?: string
      city?: string
      country?: string
      dateCreated?: components['schemas']['Date']
      dateLastUpdated?: components['schemas']['Date']
      document?: string
      email?: string
      id?: number
      name?: string
      state?: string
      status?: string
      username?: string
      zipCode?: string
    }
    /** One user */
    UserPage: {
      _embedded?: {
        user?: components['schemas']['User'][]
      }
      _links?: components['schemas']['Links']
      page?: number
      page_count?: number
      page_size?: number
      total_items?: number
    }
  }
  responses: {
    /**
     * @description undocumented: how a missing, ended or revoked token is answered, and with which body. 401 is what
     * the header's standard says (RFC 6750, section 3.1).
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
  login: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['Login']
      }
    }
    responses: {
      /** @description FOUND (Sessão, Quick start): the session. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Session']
        }
      }
      /** @description FOUND (Sessão): the user name and the password do not belong together. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Problem']
        }
      }
      default: components['responses']['Undocumented']
    }
  }
  revokeToken: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          /**
           * Format: password
           * @description FOUND (Sessão): "O token de acesso gerado".
           */
          token: string
        }
      }
    }
    responses: {
      /** @description undocumented: which status it is, and whether it has a body. */
      '2XX': {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      '4XX': components['responses']['Undocumented']
      default: components['responses']['Undocumented']
    }
  }
  listApplicationTokens: {
    parameters: {
      query?: {
        /** @description INFERRED: from the links of the answer, `?page=1`. */
        page?: number
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description SEED: a page of tokens. undocumented: the status. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['TokenPage']
        }
      }
      401: components['responses']['Unauthorized']
      default: components['responses']['Undocumented']
    }
  }
  createApplicationToken: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['NewApplicationToken']
      }
    }
    responses: {
      /** @description SEED: the token. */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['CreatedApplicationToken']
        }
      }
      401: components['responses']['Unauthorized']
      default: components['responses']['Undocumented']
    }
  }
  revokeApplicationToken: {
    parameters: {
      query?: never
      header?: never
      path: {
        /**
         * @description SEED: "pegue o id do token do qual é exibido ao fazer a listagem". FOUND (Sessão): typed number;
         * the list shows a string of digits.
         */
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description SEED: "Deve ser retornado status 204 da requisição simbolizando que o token foi revogado". */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      401: components['responses']['Unauthorized']
      default: components['responses']['Undocumented']
    }
  }
  readUser: {
    parameters: {
      query: {
        /** @description SEED */
        'filter[0][field]': 'id'
        /** @description SEED */
        'filter[0][type]': 'eq'
        /**
         * @description SEED: these eight characters and no id: "Não altere o $USER_ID da url, este converte
         * internamente".
         */
        'filter[0][value]': '$USER_ID'
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description SEED: one user. undocumented: the status. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['UserPage']
        }
      }
      401: components['responses']['Unauthorized']
      default: components['responses']['Undocumented']
    }
  }
}
