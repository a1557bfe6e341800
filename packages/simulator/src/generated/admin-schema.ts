// Generated from packages/simulator/src/admin/openapi.yaml (sha256 783a4862ef2013fc).
// Do not edit: change the spec, then run `pnpm generate`.

export interface paths {
  '/accounts': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** The accounts that are accepted */
    get: operations['listAccounts']
    put?: never
    /**
     * Accept another account
     * @description The credentials are those of the provider, such as `consumerKey` and `secretKey`. Those of an
     * account that exists replace the ones before.
     */
    post: operations['addAccount']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/accounts/{provider}/{name}': {
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
     * Stop accepting an account
     * @description What becomes of its tokens is up to the provider.
     */
    delete: operations['endAccount']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/clock': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** What time it is */
    get: operations['readClock']
    /**
     * Go to an instant
     * @description The clock runs on from there.
     */
    put: operations['setClock']
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/clock/advance': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Let time pass
     * @description Tokens end, and delays are over, that became due in between.
     */
    post: operations['advanceClock']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/events': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * What happens, as it happens
     * @description Server-sent events. `request`: a request came or went on; its data is a `ReceivedRequest`.
     * `changed`: something else did; its data is `{"what": "clock" | "faults" | "accounts" | "tokens" | "expectations"
     * | "reset"}`, and `GET /state` has the rest. A comment is sent every 15 seconds.
     */
    get: operations['streamEvents']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/expectations': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** What is expected, and whether it came */
    get: operations['listExpectations']
    put?: never
    /**
     * Expect requests
     * @description Requests that came before count too.
     */
    post: operations['expectRequests']
    /** Forget all expectations */
    delete: operations['clearExpectations']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/faults': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** The faults that wait for requests */
    get: operations['listFaults']
    put?: never
    /** Let the next requests of a provider fail */
    post: operations['queueFault']
    /** Forget faults, and let go on what hangs */
    delete: operations['clearFaults']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/requests': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** The requests that were received, oldest first */
    get: operations['listRequests']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/requests/wait': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Wait until such requests were received
     * @description Those that came before count. Answers as soon as there are enough.
     */
    post: operations['waitForRequests']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/reset': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Start again
     * @description Forgets requests, faults, expectations, tokens and whatever was created, accepts the first accounts
     * only, and sets the clock to the system's. What hangs is let go on.
     */
    post: operations['reset']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/state': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Everything at a glance, without requests and secrets */
    get: operations['readState']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/tokens/expire': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** End tokens now, without moving the clock */
    post: operations['expireTokens']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/tokens/revoke': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Make the server refuse tokens that it issued */
    post: operations['revokeTokens']
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
    Account: {
      name: string
      provider: string
    }
    Clock: {
      /** @description Epoch milliseconds. */
      now: number
      /** @description By how much it is ahead of the system's clock. */
      offsetMs: number
    }
    Count: {
      count: number
    }
    Expectation: {
      atLeast: number
      atMost?: number
      met: boolean
      provider: string
      /** @description How many such requests there were so far. */
      received: number
      request: components['schemas']['RequestWish']
    }
    Fault: {
      /** @description `status`: the JSON body. */
      body?: unknown
      /** @description `skewed-date` (required). */
      byMs?: number
      /** @description `delay` (required). */
      delayMs?: number
      /** @description `slow-body`. */
      everyMs?: number
      /** @description `missing-field`, `altered-field` (required). */
      field?: string
      /** @description `status`: more headers. */
      headers?: {
        [key: string]: string
      }
      kind: components['schemas']['FaultKind']
      /** @description `redirect` (required). */
      location?: string
      /** @description The operation or operations that it waits for. Default: any request. */
      operation?: string | string[]
      /** @description `slow-body`. */
      pieces?: number
      /** @description Whether the provider does its work first. `status`, `reset`, `hang`, `html`, `redirect`. */
      processed?: boolean
      /** @description `status`: the `Retry-After` header. */
      retryAfter?: number | string
      /** @description `oversized-body`. */
      sizeBytes?: number
      /** @description `status` (required), `html`, `redirect`. */
      status?: number
      /** @description How many requests it meets. Default 1. */
      times?: number | 'always'
      /** @description `altered-field` (required). */
      value?: unknown
    }
    /** @enum {string} */
    FaultKind:
      | 'status'
      | 'reset'
      | 'hang'
      | 'delay'
      | 'html'
      | 'redirect'
      | 'slow-body'
      | 'cut-body'
      | 'empty-body'
      | 'malformed-json'
      | 'missing-field'
      | 'altered-field'
      | 'oversized-body'
      | 'skewed-date'
    Problem: {
      /** @enum {string} */
      code:
        | 'invalid-request'
        | 'unknown-provider'
        | 'unknown-account'
        | 'unknown-path'
        | 'method-not-allowed'
        | 'not-loopback'
        | 'unknown-host'
        | 'foreign-origin'
        | 'timeout'
      detail: string
      status: number
      title: string
      type: string
    }
    Provider: {
      accounts: string[]
      faults: components['schemas']['QueuedFault'][]
      id: string
      operations: string[]
      /** @description How many it has received. */
      requests: number
      /** @description How often a spent refresh token came back. */
      reuses?: number
      tokens: components['schemas']['Token'][]
      /** @description Where it is served, if it is served over HTTP. */
      url?: string
    }
    QueuedFault: {
      fault: components['schemas']['Fault']
      /** @description How many requests hang. */
      holding: number
      /** @description Counts the faults of a provider. */
      id: number
      provider: string
      /** @description How many more requests it will meet. */
      remaining: number | 'always'
    }
    ReceivedRequest: {
      answeredAt?: number
      /** @description Why the provider refused it. */
      detail?: string
      /** @description Where the address held a secret that does not belong there. */
      exposed: string[]
      fault?: string
      /** @description Counts the requests of a provider. */
      id: number
      issued?: components['schemas']['TokenRef']
      method: string
      /** @description Absent: no operation of the provider. */
      operation?: string
      /** @enum {string} */
      outcome: 'pending' | 'answered' | 'reset' | 'aborted'
      /** @description Without query values. */
      path: string
      /** @description Whether it reached the provider */
      processed: boolean
      provider: string
      /** @description Epoch milliseconds. */
      receivedAt: number
      status?: number
      token?: components['schemas']['TokenRef']
    }
    /** @description Which requests are meant. What is absent may be anything. */
    RequestWish: {
      family?: number
      fault?: components['schemas']['FaultKind']
      generation?: number
      method?: string
      operation?: string
      /** @enum {string} */
      outcome?: 'pending' | 'answered' | 'reset' | 'aborted'
      status?: number
    }
    State: {
      clock: components['schemas']['Clock']
      expectations: components['schemas']['Expectation'][]
      providers: components['schemas']['Provider'][]
    }
    /** @description Whose it is and when it ends, never what it is. */
    Token: {
      access: components['schemas']['TokenEnd']
      account?: string
      family: number
      generation: number
      issuedAt: number
      refresh?: components['schemas']['TokenEnd']
    }
    TokenEnd: {
      /** @description Epoch milliseconds. Absent: it does not end by itself. */
      expiresAt?: number
      /** @enum {string} */
      state: 'live' | 'expired' | 'revoked' | 'spent'
    }
    TokenRef: {
      family: number
      generation: number
    }
  }
  responses: {
    /** @description The clock that all providers share. */
    Clock: {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/json': components['schemas']['Clock']
      }
    }
    /** @description What is wrong, and what to do about it (RFC 9457). */
    Problem: {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem']
      }
    }
  }
  parameters: {
    /** @description Only those of this provider. Default: all. */
    Provider: string
  }
  requestBodies: {
    Tokens: {
      content: {
        'application/json': {
          /** @description Default: all families. */
          family?: number
          /** @description Default: all generations. */
          generation?: number
          provider: string
          /**
           * @description A provider without refresh tokens takes no notice of it.
           * @default access
           * @enum {string}
           */
          which?: 'access' | 'refresh' | 'both'
        }
      }
    }
  }
  headers: never
  pathItems: never
}
export type $defs = Record<string, never>
export interface operations {
  listAccounts: {
    parameters: {
      query?: {
        /** @description Only those of this provider. Default: all. */
        provider?: components['parameters']['Provider']
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description By their names, without their secrets. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            accounts: components['schemas']['Account'][]
          }
        }
      }
      default: components['responses']['Problem']
    }
  }
  addAccount: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          credentials: {
            [key: string]: unknown
          }
          provider: string
        }
      }
    }
    responses: {
      /** @description It is accepted from now on. */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Account']
        }
      }
      default: components['responses']['Problem']
    }
  }
  endAccount: {
    parameters: {
      query?: never
      header?: never
      path: {
        name: string
        provider: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description It is accepted no longer. */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      default: components['responses']['Problem']
    }
  }
  readClock: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      200: components['responses']['Clock']
      default: components['responses']['Problem']
    }
  }
  setClock: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          /** @description Epoch milliseconds. */
          now: number
        }
      }
    }
    responses: {
      200: components['responses']['Clock']
      default: components['responses']['Problem']
    }
  }
  advanceClock: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          /** @description How much */
          ms: number
        }
      }
    }
    responses: {
      200: components['responses']['Clock']
      default: components['responses']['Problem']
    }
  }
  streamEvents: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Goes on until the client ends it. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'text/event-stream': string
        }
      }
      default: components['responses']['Problem']
    }
  }
  listExpectations: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description In the order in which they were added. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            allMet: boolean
            expectations: components['schemas']['Expectation'][]
          }
        }
      }
      default: components['responses']['Problem']
    }
  }
  expectRequests: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          /** @description Default: 1, or 0 where there is `atMost`. */
          atLeast?: number
          /** @description Default: no limit. */
          atMost?: number
          provider: string
          request?: components['schemas']['RequestWish']
        }
      }
    }
    responses: {
      /** @description It is compared with the requests whenever it is read. */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Expectation']
        }
      }
      default: components['responses']['Problem']
    }
  }
  clearExpectations: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description There are no expectations now. */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      default: components['responses']['Problem']
    }
  }
  listFaults: {
    parameters: {
      query?: {
        /** @description Only those of this provider. Default: all. */
        provider?: components['parameters']['Provider']
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description In the order in which they were queued. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            faults: components['schemas']['QueuedFault'][]
          }
        }
      }
      default: components['responses']['Problem']
    }
  }
  queueFault: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          fault: components['schemas']['Fault']
          provider: string
        }
      }
    }
    responses: {
      /** @description It waits for its requests. */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['QueuedFault']
        }
      }
      default: components['responses']['Problem']
    }
  }
  clearFaults: {
    parameters: {
      query?: {
        /** @description Only this one. It needs `provider`. */
        id?: number
        /** @description Only those of this provider. Default: all. */
        provider?: components['parameters']['Provider']
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description How many were waiting or holding requests. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Count']
        }
      }
      default: components['responses']['Problem']
    }
  }
  listRequests: {
    parameters: {
      query?: {
        /** @description Only the last ones, at most so many of each provider. */
        limit?: number
        /** @description Only those to this operation. */
        operation?: string
        /** @description Only those of this provider. Default: all. */
        provider?: components['parameters']['Provider']
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Without headers, bodies and query values. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            requests: components['schemas']['ReceivedRequest'][]
          }
        }
      }
      default: components['responses']['Problem']
    }
  }
  waitForRequests: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          provider: string
          request?: components['schemas']['RequestWish']
          /**
           * @description How long to wait, by the system's clock.
           * @default 30000
           */
          timeoutMs?: number
          /**
           * @description How many there have to be.
           * @default 1
           */
          times?: number
        }
      }
    }
    responses: {
      /** @description The requests. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            requests: components['schemas']['ReceivedRequest'][]
          }
        }
      }
      /** @description There were not enough in time. */
      408: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      default: components['responses']['Problem']
    }
  }
  reset: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The state after that. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['State']
        }
      }
      default: components['responses']['Problem']
    }
  }
  readState: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The state of the clock and of every provider. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['State']
        }
      }
      default: components['responses']['Problem']
    }
  }
  expireTokens: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: components['requestBodies']['Tokens']
    responses: {
      /** @description How many were alive. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Count']
        }
      }
      default: components['responses']['Problem']
    }
  }
  revokeTokens: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: components['requestBodies']['Tokens']
    responses: {
      /** @description How many were alive. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Count']
        }
      }
      default: components['responses']['Problem']
    }
  }
}
