// Generated from specs/correios/openapi.yaml (sha256 639e610c03d6c220).
// Do not edit: change the spec, then run `pnpm generate`.

export interface paths {
  '/token/v1/autentica': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Issues a token of the user alone.
     * @description TOKEN: with login and password. GUIDE: 201.
     */
    post: operations['issueUserToken']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/token/v1/autentica/cartaopostagem': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Issues a token for a posting card.
     * @description TOKEN: with login, password and posting card. GUIDE: path, body and 201.
     */
    post: operations['issuePostingCardToken']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/token/v1/autentica/contrato': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Issues a token for a contract.
     * @description TOKEN: with login, password and contract. Q: path and body.
     */
    post: operations['issueContractToken']
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
    Contract: {
      /** @description Q: the number of the contract. That it is required is Q too. */
      numero?: string
    }
    PostingCard: {
      /** @description Q: the number of its contract, which may be left out. */
      contrato?: string
      /** @description GUIDE: the number of the posting card. */
      numero?: string
    }
    /** @description GUIDE: ambiente, id, perfil, cnpj and what the token opens are beside these. */
    Token: {
      /** @description GUIDE: “20XX-03-18T10:26:51”. */
      emissao?: string
      /** @description GUIDE: “20XX-03-19T10:26:51”. undocumented: its zone. */
      expiraEm?: string
      /** @description GUIDE: the token. */
      token?: string
    }
  }
  responses: {
    /** @description GUIDE: 401 where the password is missing. undocumented: what else is refused how, and any body. */
    Refused: {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/json': unknown
      }
    }
    /** @description GUIDE: "Code 201 – Created". */
    Token: {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/json': components['schemas']['Token']
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
  issueUserToken: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      201: components['responses']['Token']
      401: components['responses']['Refused']
      default: components['responses']['Refused']
    }
  }
  issuePostingCardToken: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['PostingCard']
      }
    }
    responses: {
      201: components['responses']['Token']
      401: components['responses']['Refused']
      default: components['responses']['Refused']
    }
  }
  issueContractToken: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['Contract']
      }
    }
    responses: {
      201: components['responses']['Token']
      401: components['responses']['Refused']
      default: components['responses']['Refused']
    }
  }
}
