// Generated from packages/simulator/src/admin/openapi.yaml (sha256 783a4862ef2013fc).
// Do not edit: change the spec, then run `pnpm generate`.

import type { OpenApiDocument } from '../openapi-document.ts'

/** The admin API as documented, every `$ref` resolved. */
export const document: OpenApiDocument = {
  openapi: '3.1.1',
  info: {
    title: 'Admin API of the Chaveiro simulator',
    version: '1.0.0',
    description:
      'Looks into running simulators and tells them what to do: requests, faults, time, accounts and tokens. It is served next to the simulated providers, at the same address, below `/__simulator`. It takes requests from this machine only, unless it was told otherwise: the `Host` has to be one of its own, and an `Origin` its own page.',
  },
  servers: [{ url: '/__simulator', description: 'Below the address of any of the simulated providers.' }],
  security: [],
  tags: [
    { name: 'state' },
    { name: 'requests' },
    { name: 'faults' },
    { name: 'clock' },
    { name: 'accounts' },
    { name: 'tokens' },
    { name: 'expectations' },
  ],
  paths: {
    '/state': {
      get: {
        operationId: 'readState',
        summary: 'Everything at a glance, without requests and secrets',
        tags: ['state'],
        responses: {
          '200': {
            description: 'The state of the clock and of every provider.',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['clock', 'providers', 'expectations'],
                  additionalProperties: false,
                  properties: {
                    clock: {
                      type: 'object',
                      required: ['now', 'offsetMs'],
                      additionalProperties: false,
                      properties: {
                        now: { type: 'number', description: 'Epoch milliseconds.' },
                        offsetMs: { type: 'number', description: "By how much it is ahead of the system's clock." },
                      },
                    },
                    providers: {
                      type: 'array',
                      items: {
                        type: 'object',
                        required: ['id', 'operations', 'requests', 'accounts', 'tokens', 'faults'],
                        additionalProperties: false,
                        properties: {
                          id: { type: 'string' },
                          url: { type: 'string', description: 'Where it is served, if it is served over HTTP.' },
                          operations: { type: 'array', items: { type: 'string' } },
                          requests: { type: 'integer', description: 'How many it has received.' },
                          reuses: { type: 'integer', description: 'How often a spent refresh token came back.' },
                          accounts: { type: 'array', items: { type: 'string' } },
                          tokens: {
                            type: 'array',
                            items: {
                              description: 'Whose it is and when it ends, never what it is.',
                              type: 'object',
                              required: ['family', 'generation', 'issuedAt', 'access'],
                              additionalProperties: false,
                              properties: {
                                family: { type: 'integer' },
                                generation: { type: 'integer' },
                                account: { type: 'string' },
                                issuedAt: { type: 'number' },
                                access: {
                                  type: 'object',
                                  required: ['state'],
                                  additionalProperties: false,
                                  properties: {
                                    expiresAt: {
                                      type: 'number',
                                      description: 'Epoch milliseconds. Absent: it does not end by itself.',
                                    },
                                    state: { type: 'string', enum: ['live', 'expired', 'revoked', 'spent'] },
                                  },
                                },
                                refresh: {
                                  type: 'object',
                                  required: ['state'],
                                  additionalProperties: false,
                                  properties: {
                                    expiresAt: {
                                      type: 'number',
                                      description: 'Epoch milliseconds. Absent: it does not end by itself.',
                                    },
                                    state: { type: 'string', enum: ['live', 'expired', 'revoked', 'spent'] },
                                  },
                                },
                              },
                            },
                          },
                          faults: {
                            type: 'array',
                            items: {
                              type: 'object',
                              required: ['provider', 'id', 'fault', 'remaining', 'holding'],
                              additionalProperties: false,
                              properties: {
                                provider: { type: 'string' },
                                id: { type: 'integer', description: 'Counts the faults of a provider.' },
                                fault: {
                                  type: 'object',
                                  required: ['kind'],
                                  additionalProperties: false,
                                  properties: {
                                    kind: {
                                      type: 'string',
                                      enum: [
                                        'status',
                                        'reset',
                                        'hang',
                                        'delay',
                                        'html',
                                        'redirect',
                                        'slow-body',
                                        'cut-body',
                                        'empty-body',
                                        'malformed-json',
                                        'missing-field',
                                        'altered-field',
                                        'oversized-body',
                                        'skewed-date',
                                      ],
                                    },
                                    operation: {
                                      description:
                                        'The operation or operations that it waits for. Default: any request.',
                                      anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }],
                                    },
                                    times: {
                                      description: 'How many requests it meets. Default 1.',
                                      anyOf: [
                                        { type: 'integer', minimum: 1 },
                                        { type: 'string', const: 'always' },
                                      ],
                                    },
                                    processed: {
                                      type: 'boolean',
                                      description:
                                        'Whether the provider does its work first. `status`, `reset`, `hang`, `html`, `redirect`.',
                                    },
                                    status: {
                                      type: 'integer',
                                      minimum: 200,
                                      maximum: 599,
                                      description: '`status` (required), `html`, `redirect`.',
                                    },
                                    retryAfter: {
                                      description: '`status`: the `Retry-After` header.',
                                      anyOf: [{ type: 'number' }, { type: 'string' }],
                                    },
                                    headers: {
                                      type: 'object',
                                      description: '`status`: more headers.',
                                      additionalProperties: { type: 'string' },
                                    },
                                    body: { description: '`status`: the JSON body.' },
                                    delayMs: { type: 'number', minimum: 0, description: '`delay` (required).' },
                                    location: { type: 'string', description: '`redirect` (required).' },
                                    everyMs: { type: 'number', minimum: 0, description: '`slow-body`.' },
                                    pieces: { type: 'integer', minimum: 1, description: '`slow-body`.' },
                                    field: {
                                      type: 'string',
                                      description: '`missing-field`, `altered-field` (required).',
                                    },
                                    value: { description: '`altered-field` (required).' },
                                    sizeBytes: {
                                      type: 'integer',
                                      minimum: 1,
                                      maximum: 104857600,
                                      description: '`oversized-body`.',
                                    },
                                    byMs: { type: 'number', description: '`skewed-date` (required).' },
                                  },
                                },
                                remaining: {
                                  description: 'How many more requests it will meet.',
                                  anyOf: [{ type: 'integer' }, { type: 'string', const: 'always' }],
                                },
                                holding: { type: 'integer', description: 'How many requests hang.' },
                              },
                            },
                          },
                        },
                      },
                    },
                    expectations: {
                      type: 'array',
                      items: {
                        type: 'object',
                        required: ['provider', 'request', 'atLeast', 'received', 'met'],
                        additionalProperties: false,
                        properties: {
                          provider: { type: 'string' },
                          request: {
                            description: 'Which requests are meant. What is absent may be anything.',
                            type: 'object',
                            additionalProperties: false,
                            properties: {
                              operation: { type: 'string' },
                              method: { type: 'string' },
                              status: { type: 'integer' },
                              fault: {
                                type: 'string',
                                enum: [
                                  'status',
                                  'reset',
                                  'hang',
                                  'delay',
                                  'html',
                                  'redirect',
                                  'slow-body',
                                  'cut-body',
                                  'empty-body',
                                  'malformed-json',
                                  'missing-field',
                                  'altered-field',
                                  'oversized-body',
                                  'skewed-date',
                                ],
                              },
                              outcome: { type: 'string', enum: ['pending', 'answered', 'reset', 'aborted'] },
                              family: { type: 'integer' },
                              generation: { type: 'integer' },
                            },
                          },
                          atLeast: { type: 'integer' },
                          atMost: { type: 'integer' },
                          received: { type: 'integer', description: 'How many such requests there were so far.' },
                          met: { type: 'boolean' },
                        },
                      },
                    },
                  },
                },
              },
            },
          },
          default: {
            description: 'What is wrong, and what to do about it (RFC 9457).',
            content: {
              'application/problem+json': {
                schema: {
                  type: 'object',
                  required: ['type', 'title', 'status', 'detail', 'code'],
                  additionalProperties: false,
                  properties: {
                    type: { type: 'string' },
                    title: { type: 'string' },
                    status: { type: 'integer' },
                    detail: { type: 'string' },
                    code: {
                      type: 'string',
                      enum: [
                        'invalid-request',
                        'unknown-provider',
                        'unknown-account',
                        'unknown-path',
                        'method-not-allowed',
                        'not-loopback',
                        'unknown-host',
                        'foreign-origin',
                        'timeout',
                      ],
                    },
                  },
                },
              },
            },
          },
        },
      },
    },
    '/reset': {
      post: {
        operationId: 'reset',
        summary: 'Start again',
        description:
          "Forgets requests, faults, expectations, tokens and whatever was created, accepts the first accounts only, and sets the clock to the system's. What hangs is let go on.",
        tags: ['state'],
        responses: {
          '200': {
            description: 'The state after that.',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['clock', 'providers', 'expectations'],
                  additionalProperties: false,
                  properties: {
                    clock: {
                      type: 'object',
                      required: ['now', 'offsetMs'],
                      additionalProperties: false,
                      properties: {
                        now: { type: 'number', description: 'Epoch milliseconds.' },
                        offsetMs: { type: 'number', description: "By how much it is ahead of the system's clock." },
                      },
                    },
                    providers: {
                      type: 'array',
                      items: {
                        type: 'object',
                        required: ['id', 'operations', 'requests', 'accounts', 'tokens', 'faults'],
                        additionalProperties: false,
                        properties: {
                          id: { type: 'string' },
                          url: { type: 'string', description: 'Where it is served, if it is served over HTTP.' },
                          operations: { type: 'array', items: { type: 'string' } },
                          requests: { type: 'integer', description: 'How many it has received.' },
                          reuses: { type: 'integer', description: 'How often a spent refresh token came back.' },
                          accounts: { type: 'array', items: { type: 'string' } },
                          tokens: {
                            type: 'array',
                            items: {
                              description: 'Whose it is and when it ends, never what it is.',
                              type: 'object',
                              required: ['family', 'generation', 'issuedAt', 'access'],
                              additionalProperties: false,
                              properties: {
                                family: { type: 'integer' },
                                generation: { type: 'integer' },
                                account: { type: 'string' },
                                issuedAt: { type: 'number' },
                                access: {
                                  type: 'object',
                                  required: ['state'],
                                  additionalProperties: false,
                                  properties: {
                                    expiresAt: {
                                      type: 'number',
                                      description: 'Epoch milliseconds. Absent: it does not end by itself.',
                                    },
                                    state: { type: 'string', enum: ['live', 'expired', 'revoked', 'spent'] },
                                  },
                                },
                                refresh: {
                                  type: 'object',
                                  required: ['state'],
                                  additionalProperties: false,
                                  properties: {
                                    expiresAt: {
                                      type: 'number',
                                      description: 'Epoch milliseconds. Absent: it does not end by itself.',
                                    },
                                    state: { type: 'string', enum: ['live', 'expired', 'revoked', 'spent'] },
                                  },
                                },
                              },
                            },
                          },
                          faults: {
                            type: 'array',
                            items: {
                              type: 'object',
                              required: ['provider', 'id', 'fault', 'remaining', 'holding'],
                              additionalProperties: false,
                              properties: {
                                provider: { type: 'string' },
                                id: { type: 'integer', description: 'Counts the faults of a provider.' },
                                fault: {
                                  type: 'object',
                                  required: ['kind'],
                                  additionalProperties: false,
                                  properties: {
                                    kind: {
                                      type: 'string',
                                      enum: [
                                        'status',
                                        'reset',
                                        'hang',
                                        'delay',
                                        'html',
                                        'redirect',
                                        'slow-body',
                                        'cut-body',
                                        'empty-body',
                                        'malformed-json',
                                        'missing-field',
                                        'altered-field',
                                        'oversized-body',
                                        'skewed-date',
                                      ],
                                    },
                                    operation: {
                                      description:
                                        'The operation or operations that it waits for. Default: any request.',
                                      anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }],
                                    },
                                    times: {
                                      description: 'How many requests it meets. Default 1.',
                                      anyOf: [
                                        { type: 'integer', minimum: 1 },
                                        { type: 'string', const: 'always' },
                                      ],
                                    },
                                    processed: {
                                      type: 'boolean',
                                      description:
                                        'Whether the provider does its work first. `status`, `reset`, `hang`, `html`, `redirect`.',
                                    },
                                    status: {
                                      type: 'integer',
                                      minimum: 200,
                                      maximum: 599,
                                      description: '`status` (required), `html`, `redirect`.',
                                    },
                                    retryAfter: {
                                      description: '`status`: the `Retry-After` header.',
                                      anyOf: [{ type: 'number' }, { type: 'string' }],
                                    },
                                    headers: {
                                      type: 'object',
                                      description: '`status`: more headers.',
                                      additionalProperties: { type: 'string' },
                                    },
                                    body: { description: '`status`: the JSON body.' },
                                    delayMs: { type: 'number', minimum: 0, description: '`delay` (required).' },
                                    location: { type: 'string', description: '`redirect` (required).' },
                                    everyMs: { type: 'number', minimum: 0, description: '`slow-body`.' },
                                    pieces: { type: 'integer', minimum: 1, description: '`slow-body`.' },
                                    field: {
                                      type: 'string',
                                      description: '`missing-field`, `altered-field` (required).',
                                    },
                                    value: { description: '`altered-field` (required).' },
                                    sizeBytes: {
                                      type: 'integer',
                                      minimum: 1,
                                      maximum: 104857600,
                                      description: '`oversized-body`.',
                                    },
                                    byMs: { type: 'number', description: '`skewed-date` (required).' },
                                  },
                                },
                                remaining: {
                                  description: 'How many more requests it will meet.',
                                  anyOf: [{ type: 'integer' }, { type: 'string', const: 'always' }],
                                },
                                holding: { type: 'integer', description: 'How many requests hang.' },
                              },
                            },
                          },
                        },
                      },
                    },
                    expectations: {
                      type: 'array',
                      items: {
                        type: 'object',
                        required: ['provider', 'request', 'atLeast', 'received', 'met'],
                        additionalProperties: false,
                        properties: {
                          provider: { type: 'string' },
                          request: {
                            description: 'Which requests are meant. What is absent may be anything.',
                            type: 'object',
                            additionalProperties: false,
                            properties: {
                              operation: { type: 'string' },
                              method: { type: 'string' },
                              status: { type: 'integer' },
                              fault: {
                                type: 'string',
                                enum: [
                                  'status',
                                  'reset',
                                  'hang',
                                  'delay',
                                  'html',
                                  'redirect',
                                  'slow-body',
                                  'cut-body',
                                  'empty-body',
                                  'malformed-json',
                                  'missing-field',
                                  'altered-field',
                                  'oversized-body',
                                  'skewed-date',
                                ],
                              },
                              outcome: { type: 'string', enum: ['pending', 'answered', 'reset', 'aborted'] },
                              family: { type: 'integer' },
                              generation: { type: 'integer' },
                            },
                          },
                          atLeast: { type: 'integer' },
                          atMost: { type: 'integer' },
                          received: { type: 'integer', description: 'How many such requests there were so far.' },
                          met: { type: 'boolean' },
                        },
                      },
                    },
                  },
                },
              },
            },
          },
          default: {
            description: 'What is wrong, and what to do about it (RFC 9457).',
            content: {
              'application/problem+json': {
                schema: {
                  type: 'object',
                  required: ['type', 'title', 'status', 'detail', 'code'],
                  additionalProperties: false,
                  properties: {
                    type: { type: 'string' },
                    title: { type: 'string' },
                    status: { type: 'integer' },
                    detail: { type: 'string' },
                    code: {
                      type: 'string',
                      enum: [
                        'invalid-request',
                        'unknown-provider',
                        'unknown-account',
                        'unknown-path',
                        'method-not-allowed',
                        'not-loopback',
                        'unknown-host',
                        'foreign-origin',
                        'timeout',
                      ],
                    },
                  },
                },
              },
            },
          },
        },
      },
    },
    '/events': {
      get: {
        operationId: 'streamEvents',
        summary: 'What happens, as it happens',
        description:
          'Server-sent events. `request`: a request came or went on; its data is a `ReceivedRequest`. `changed`: something else did; its data is `{"what": "clock" | "faults" | "accounts" | "tokens" | "expectations" | "reset"}`, and `GET /state` has the rest. A comment is sent every 15 seconds.',
        tags: ['requests'],
        responses: {
          '200': {
            description: 'Goes on until the client ends it.',
            content: { 'text/event-stream': { schema: { type: 'string' } } },
          },
          default: {
            description: 'What is wrong, and what to do about it (RFC 9457).',
            content: {
              'application/problem+json': {
                schema: {
                  type: 'object',
                  required: ['type', 'title', 'status', 'detail', 'code'],
                  additionalProperties: false,
                  properties: {
                    type: { type: 'string' },
                    title: { type: 'string' },
                    status: { type: 'integer' },
                    detail: { type: 'string' },
                    code: {
                      type: 'string',
                      enum: [
                        'invalid-request',
                        'unknown-provider',
                        'unknown-account',
                        'unknown-path',
                        'method-not-allowed',
                        'not-loopback',
                        'unknown-host',
                        'foreign-origin',
                        'timeout',
                      ],
                    },
                  },
                },
              },
            },
          },
        },
      },
    },
    '/requests': {
      get: {
        operationId: 'listRequests',
        summary: 'The requests that were received, oldest first',
        tags: ['requests'],
        parameters: [
          {
            name: 'provider',
            in: 'query',
            description: 'Only those of this provider. Default: all.',
            schema: { type: 'string' },
          },
          { name: 'operation', in: 'query', description: 'Only those to this operation.', schema: { type: 'string' } },
          {
            name: 'limit',
            in: 'query',
            description: 'Only the last ones, at most so many of each provider.',
            schema: { type: 'integer', minimum: 1 },
          },
        ],
        responses: {
          '200': {
            description: 'Without headers, bodies and query values.',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['requests'],
                  additionalProperties: false,
                  properties: {
                    requests: {
                      type: 'array',
                      items: {
                        type: 'object',
                        required: ['provider', 'id', 'method', 'path', 'receivedAt', 'processed', 'exposed', 'outcome'],
                        additionalProperties: false,
                        properties: {
                          provider: { type: 'string' },
                          id: { type: 'integer', description: 'Counts the requests of a provider.' },
                          method: { type: 'string' },
                          path: { type: 'string', description: 'Without query values.' },
                          operation: { type: 'string', description: 'Absent: no operation of the provider.' },
                          receivedAt: { type: 'number', description: 'Epoch milliseconds.' },
                          answeredAt: { type: 'number' },
                          token: {
                            type: 'object',
                            required: ['family', 'generation'],
                            additionalProperties: false,
                            properties: { family: { type: 'integer' }, generation: { type: 'integer' } },
                          },
                          issued: {
                            type: 'object',
                            required: ['family', 'generation'],
                            additionalProperties: false,
                            properties: { family: { type: 'integer' }, generation: { type: 'integer' } },
                          },
                          exposed: {
                            type: 'array',
                            description: 'Where the address held a secret that does not belong there.',
                            items: { type: 'string' },
                          },
                          fault: { type: 'string' },
                          processed: {
                            type: 'boolean',
                            description: 'Whether it reached the provider',
                            'and so may have changed something.': null,
                          },
                          status: { type: 'integer' },
                          detail: { type: 'string', description: 'Why the provider refused it.' },
                          outcome: { type: 'string', enum: ['pending', 'answered', 'reset', 'aborted'] },
                        },
                      },
                    },
                  },
                },
              },
            },
          },
          default: {
            description: 'What is wrong, and what to do about it (RFC 9457).',
            content: {
              'application/problem+json': {
                schema: {
                  type: 'object',
                  required: ['type', 'title', 'status', 'detail', 'code'],
                  additionalProperties: false,
                  properties: {
                    type: { type: 'string' },
                    title: { type: 'string' },
                    status: { type: 'integer' },
                    detail: { type: 'string' },
                    code: {
                      type: 'string',
                      enum: [
                        'invalid-request',
                        'unknown-provider',
                        'unknown-account',
                        'unknown-path',
                        'method-not-allowed',
                        'not-loopback',
                        'unknown-host',
                        'foreign-origin',
                        'timeout',
                      ],
                    },
                  },
                },
              },
            },
          },
        },
      },
    },
    '/requests/wait': {
      post: {
        operationId: 'waitForRequests',
        summary: 'Wait until such requests were received',
        description: 'Those that came before count. Answers as soon as there are enough.',
        tags: ['requests'],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                required: ['provider'],
                additionalProperties: false,
                properties: {
                  provider: { type: 'string' },
                  request: {
                    description: 'Which requests are meant. What is absent may be anything.',
                    type: 'object',
                    additionalProperties: false,
                    properties: {
                      operation: { type: 'string' },
                      method: { type: 'string' },
                      status: { type: 'integer' },
                      fault: {
                        type: 'string',
                        enum: [
                          'status',
                          'reset',
                          'hang',
                          'delay',
                          'html',
                          'redirect',
                          'slow-body',
                          'cut-body',
                          'empty-body',
                          'malformed-json',
                          'missing-field',
                          'altered-field',
                          'oversized-body',
                          'skewed-date',
                        ],
                      },
                      outcome: { type: 'string', enum: ['pending', 'answered', 'reset', 'aborted'] },
                      family: { type: 'integer' },
                      generation: { type: 'integer' },
                    },
                  },
                  times: { type: 'integer', minimum: 1, default: 1, description: 'How many there have to be.' },
                  timeoutMs: {
                    type: 'integer',
                    minimum: 0,
                    maximum: 600000,
                    default: 30000,
                    description: "How long to wait, by the system's clock.",
                  },
                },
              },
            },
          },
        },
        responses: {
          '200': {
            description: 'The requests.',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['requests'],
                  additionalProperties: false,
                  properties: {
                    requests: {
                      type: 'array',
                      items: {
                        type: 'object',
                        required: ['provider', 'id', 'method', 'path', 'receivedAt', 'processed', 'exposed', 'outcome'],
                        additionalProperties: false,
                        properties: {
                          provider: { type: 'string' },
                          id: { type: 'integer', description: 'Counts the requests of a provider.' },
                          method: { type: 'string' },
                          path: { type: 'string', description: 'Without query values.' },
                          operation: { type: 'string', description: 'Absent: no operation of the provider.' },
                          receivedAt: { type: 'number', description: 'Epoch milliseconds.' },
                          answeredAt: { type: 'number' },
                          token: {
                            type: 'object',
                            required: ['family', 'generation'],
                            additionalProperties: false,
                            properties: { family: { type: 'integer' }, generation: { type: 'integer' } },
                          },
                          issued: {
                            type: 'object',
                            required: ['family', 'generation'],
                            additionalProperties: false,
                            properties: { family: { type: 'integer' }, generation: { type: 'integer' } },
                          },
                          exposed: {
                            type: 'array',
                            description: 'Where the address held a secret that does not belong there.',
                            items: { type: 'string' },
                          },
                          fault: { type: 'string' },
                          processed: {
                            type: 'boolean',
                            description: 'Whether it reached the provider',
                            'and so may have changed something.': null,
                          },
                          status: { type: 'integer' },
                          detail: { type: 'string', description: 'Why the provider refused it.' },
                          outcome: { type: 'string', enum: ['pending', 'answered', 'reset', 'aborted'] },
                        },
                      },
                    },
                  },
                },
              },
            },
          },
          '408': {
            description: 'There were not enough in time.',
            content: {
              'application/problem+json': {
                schema: {
                  type: 'object',
                  required: ['type', 'title', 'status', 'detail', 'code'],
                  additionalProperties: false,
                  properties: {
                    type: { type: 'string' },
                    title: { type: 'string' },
                    status: { type: 'integer' },
                    detail: { type: 'string' },
                    code: {
                      type: 'string',
                      enum: [
                        'invalid-request',
                        'unknown-provider',
                        'unknown-account',
                        'unknown-path',
                        'method-not-allowed',
                        'not-loopback',
                        'unknown-host',
                        'foreign-origin',
                        'timeout',
                      ],
                    },
                  },
                },
              },
            },
          },
          default: {
            description: 'What is wrong, and what to do about it (RFC 9457).',
            content: {
              'application/problem+json': {
                schema: {
                  type: 'object',
                  required: ['type', 'title', 'status', 'detail', 'code'],
                  additionalProperties: false,
                  properties: {
                    type: { type: 'string' },
                    title: { type: 'string' },
                    status: { type: 'integer' },
                    detail: { type: 'string' },
                    code: {
                      type: 'string',
                      enum: [
                        'invalid-request',
                        'unknown-provider',
                        'unknown-account',
                        'unknown-path',
                        'method-not-allowed',
                        'not-loopback',
                        'unknown-host',
                        'foreign-origin',
                        'timeout',
                      ],
                    },
                  },
                },
              },
            },
          },
        },
      },
    },
    '/faults': {
      get: {
        operationId: 'listFaults',
        summary: 'The faults that wait for requests',
        tags: ['faults'],
        parameters: [
          {
            name: 'provider',
            in: 'query',
            description: 'Only those of this provider. Default: all.',
            schema: { type: 'string' },
          },
        ],
        responses: {
          '200': {
            description: 'In the order in which they were queued.',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['faults'],
                  additionalProperties: false,
                  properties: {
                    faults: {
                      type: 'array',
                      items: {
                        type: 'object',
                        required: ['provider', 'id', 'fault', 'remaining', 'holding'],
                        additionalProperties: false,
                        properties: {
                          provider: { type: 'string' },
                          id: { type: 'integer', description: 'Counts the faults of a provider.' },
                          fault: {
                            type: 'object',
                            required: ['kind'],
                            additionalProperties: false,
                            properties: {
                              kind: {
                                type: 'string',
                                enum: [
                                  'status',
                                  'reset',
                                  'hang',
                                  'delay',
                                  'html',
                                  'redirect',
                                  'slow-body',
                                  'cut-body',
                                  'empty-body',
                                  'malformed-json',
                                  'missing-field',
                                  'altered-field',
                                  'oversized-body',
                                  'skewed-date',
                                ],
                              },
                              operation: {
                                description: 'The operation or operations that it waits for. Default: any request.',
                                anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }],
                              },
                              times: {
                                description: 'How many requests it meets. Default 1.',
                                anyOf: [
                                  { type: 'integer', minimum: 1 },
                                  { type: 'string', const: 'always' },
                                ],
                              },
                              processed: {
                                type: 'boolean',
                                description:
                                  'Whether the provider does its work first. `status`, `reset`, `hang`, `html`, `redirect`.',
                              },
                              status: {
                                type: 'integer',
                                minimum: 200,
                                maximum: 599,
                                description: '`status` (required), `html`, `redirect`.',
                              },
                              retryAfter: {
                                description: '`status`: the `Retry-After` header.',
                                anyOf: [{ type: 'number' }, { type: 'string' }],
                              },
                              headers: {
                                type: 'object',
                                description: '`status`: more headers.',
                                additionalProperties: { type: 'string' },
                              },
                              body: { description: '`status`: the JSON body.' },
                              delayMs: { type: 'number', minimum: 0, description: '`delay` (required).' },
                              location: { type: 'string', description: '`redirect` (required).' },
                              everyMs: { type: 'number', minimum: 0, description: '`slow-body`.' },
                              pieces: { type: 'integer', minimum: 1, description: '`slow-body`.' },
                              field: { type: 'string', description: '`missing-field`, `altered-field` (required).' },
                              value: { description: '`altered-field` (required).' },
                              sizeBytes: {
                                type: 'integer',
                                minimum: 1,
                                maximum: 104857600,
                                description: '`oversized-body`.',
                              },
                              byMs: { type: 'number', description: '`skewed-date` (required).' },
                            },
                          },
                          remaining: {
                            description: 'How many more requests it will meet.',
                            anyOf: [{ type: 'integer' }, { type: 'string', const: 'always' }],
                          },
                          holding: { type: 'integer', description: 'How many requests hang.' },
                        },
                      },
                    },
                  },
                },
              },
            },
          },
          default: {
            description: 'What is wrong, and what to do about it (RFC 9457).',
            content: {
              'application/problem+json': {
                schema: {
                  type: 'object',
                  required: ['type', 'title', 'status', 'detail', 'code'],
                  additionalProperties: false,
                  properties: {
                    type: { type: 'string' },
                    title: { type: 'string' },
                    status: { type: 'integer' },
                    detail: { type: 'string' },
                    code: {
                      type: 'string',
                      enum: [
                        'invalid-request',
                        'unknown-provider',
                        'unknown-account',
                        'unknown-path',
                        'method-not-allowed',
                        'not-loopback',
                        'unknown-host',
                        'foreign-origin',
                        'timeout',
                      ],
                    },
                  },
                },
              },
            },
          },
        },
      },
      post: {
        operationId: 'queueFault',
        summary: 'Let the next requests of a provider fail',
        tags: ['faults'],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                required: ['provider', 'fault'],
                additionalProperties: false,
                properties: {
                  provider: { type: 'string' },
                  fault: {
                    type: 'object',
                    required: ['kind'],
                    additionalProperties: false,
                    properties: {
                      kind: {
                        type: 'string',
                        enum: [
                          'status',
                          'reset',
                          'hang',
                          'delay',
                          'html',
                          'redirect',
                          'slow-body',
                          'cut-body',
                          'empty-body',
                          'malformed-json',
                          'missing-field',
                          'altered-field',
                          'oversized-body',
                          'skewed-date',
                        ],
                      },
                      operation: {
                        description: 'The operation or operations that it waits for. Default: any request.',
                        anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }],
                      },
                      times: {
                        description: 'How many requests it meets. Default 1.',
                        anyOf: [
                          { type: 'integer', minimum: 1 },
                          { type: 'string', const: 'always' },
                        ],
                      },
                      processed: {
                        type: 'boolean',
                        description:
                          'Whether the provider does its work first. `status`, `reset`, `hang`, `html`, `redirect`.',
                      },
                      status: {
                        type: 'integer',
                        minimum: 200,
                        maximum: 599,
                        description: '`status` (required), `html`, `redirect`.',
                      },
                      retryAfter: {
                        description: '`status`: the `Retry-After` header.',
                        anyOf: [{ type: 'number' }, { type: 'string' }],
                      },
                      headers: {
                        type: 'object',
                        description: '`status`: more headers.',
                        additionalProperties: { type: 'string' },
                      },
                      body: { description: '`status`: the JSON body.' },
                      delayMs: { type: 'number', minimum: 0, description: '`delay` (required).' },
                      location: { type: 'string', description: '`redirect` (required).' },
                      everyMs: { type: 'number', minimum: 0, description: '`slow-body`.' },
                      pieces: { type: 'integer', minimum: 1, description: '`slow-body`.' },
                      field: { type: 'string', description: '`missing-field`, `altered-field` (required).' },
                      value: { description: '`altered-field` (required).' },
                      sizeBytes: { type: 'integer', minimum: 1, maximum: 104857600, description: '`oversized-body`.' },
                      byMs: { type: 'number', description: '`skewed-date` (required).' },
                    },
                  },
                },
              },
            },
          },
        },
        responses: {
          '201': {
            description: 'It waits for its requests.',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['provider', 'id', 'fault', 'remaining', 'holding'],
                  additionalProperties: false,
                  properties: {
                    provider: { type: 'string' },
                    id: { type: 'integer', description: 'Counts the faults of a provider.' },
                    fault: {
                      type: 'object',
                      required: ['kind'],
                      additionalProperties: false,
                      properties: {
                        kind: {
                          type: 'string',
                          enum: [
                            'status',
                            'reset',
                            'hang',
                            'delay',
                            'html',
                            'redirect',
                            'slow-body',
                            'cut-body',
                            'empty-body',
                            'malformed-json',
                            'missing-field',
                            'altered-field',
                            'oversized-body',
                            'skewed-date',
                          ],
                        },
                        operation: {
                          description: 'The operation or operations that it waits for. Default: any request.',
                          anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }],
                        },
                        times: {
                          description: 'How many requests it meets. Default 1.',
                          anyOf: [
                            { type: 'integer', minimum: 1 },
                            { type: 'string', const: 'always' },
                          ],
                        },
                        processed: {
                          type: 'boolean',
                          description:
                            'Whether the provider does its work first. `status`, `reset`, `hang`, `html`, `redirect`.',
                        },
                        status: {
                          type: 'integer',
                          minimum: 200,
                          maximum: 599,
                          description: '`status` (required), `html`, `redirect`.',
                        },
                        retryAfter: {
                          description: '`status`: the `Retry-After` header.',
                          anyOf: [{ type: 'number' }, { type: 'string' }],
                        },
                        headers: {
                          type: 'object',
                          description: '`status`: more headers.',
                          additionalProperties: { type: 'string' },
                        },
                        body: { description: '`status`: the JSON body.' },
                        delayMs: { type: 'number', minimum: 0, description: '`delay` (required).' },
                        location: { type: 'string', description: '`redirect` (required).' },
                        everyMs: { type: 'number', minimum: 0, description: '`slow-body`.' },
                        pieces: { type: 'integer', minimum: 1, description: '`slow-body`.' },
                        field: { type: 'string', description: '`missing-field`, `altered-field` (required).' },
                        value: { description: '`altered-field` (required).' },
                        sizeBytes: {
                          type: 'integer',
                          minimum: 1,
                          maximum: 104857600,
                          description: '`oversized-body`.',
                        },
                        byMs: { type: 'number', description: '`skewed-date` (required).' },
                      },
                    },
                    remaining: {
                      description: 'How many more requests it will meet.',
                      anyOf: [{ type: 'integer' }, { type: 'string', const: 'always' }],
                    },
                    holding: { type: 'integer', description: 'How many requests hang.' },
                  },
                },
              },
            },
          },
          default: {
            description: 'What is wrong, and what to do about it (RFC 9457).',
            content: {
              'application/problem+json': {
                schema: {
                  type: 'object',
                  required: ['type', 'title', 'status', 'detail', 'code'],
                  additionalProperties: false,
                  properties: {
                    type: { type: 'string' },
                    title: { type: 'string' },
                    status: { type: 'integer' },
                    detail: { type: 'string' },
                    code: {
                      type: 'string',
                      enum: [
                        'invalid-request',
                        'unknown-provider',
                        'unknown-account',
                        'unknown-path',
                        'method-not-allowed',
                        'not-loopback',
                        'unknown-host',
                        'foreign-origin',
                        'timeout',
                      ],
                    },
                  },
                },
              },
            },
          },
        },
      },
      delete: {
        operationId: 'clearFaults',
        summary: 'Forget faults, and let go on what hangs',
        tags: ['faults'],
        parameters: [
          {
            name: 'provider',
            in: 'query',
            description: 'Only those of this provider. Default: all.',
            schema: { type: 'string' },
          },
          {
            name: 'id',
            in: 'query',
            description: 'Only this one. It needs `provider`.',
            schema: { type: 'integer', minimum: 1 },
          },
        ],
        responses: {
          '200': {
            description: 'How many were waiting or holding requests.',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['count'],
                  additionalProperties: false,
                  properties: { count: { type: 'integer' } },
                },
              },
            },
          },
          default: {
            description: 'What is wrong, and what to do about it (RFC 9457).',
            content: {
              'application/problem+json': {
                schema: {
                  type: 'object',
                  required: ['type', 'title', 'status', 'detail', 'code'],
                  additionalProperties: false,
                  properties: {
                    type: { type: 'string' },
                    title: { type: 'string' },
                    status: { type: 'integer' },
                    detail: { type: 'string' },
                    code: {
                      type: 'string',
                      enum: [
                        'invalid-request',
                        'unknown-provider',
                        'unknown-account',
                        'unknown-path',
                        'method-not-allowed',
                        'not-loopback',
                        'unknown-host',
                        'foreign-origin',
                        'timeout',
                      ],
                    },
                  },
                },
              },
            },
          },
        },
      },
    },
    '/clock': {
      get: {
        operationId: 'readClock',
        summary: 'What time it is',
        tags: ['clock'],
        responses: {
          '200': {
            description: 'The clock that all providers share.',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['now', 'offsetMs'],
                  additionalProperties: false,
                  properties: {
                    now: { type: 'number', description: 'Epoch milliseconds.' },
                    offsetMs: { type: 'number', description: "By how much it is ahead of the system's clock." },
                  },
                },
              },
            },
          },
          default: {
            description: 'What is wrong, and what to do about it (RFC 9457).',
            content: {
              'application/problem+json': {
                schema: {
                  type: 'object',
                  required: ['type', 'title', 'status', 'detail', 'code'],
                  additionalProperties: false,
                  properties: {
                    type: { type: 'string' },
                    title: { type: 'string' },
                    status: { type: 'integer' },
                    detail: { type: 'string' },
                    code: {
                      type: 'string',
                      enum: [
                        'invalid-request',
                        'unknown-provider',
                        'unknown-account',
                        'unknown-path',
                        'method-not-allowed',
                        'not-loopback',
                        'unknown-host',
                        'foreign-origin',
                        'timeout',
                      ],
                    },
                  },
                },
              },
            },
          },
        },
      },
      put: {
        operationId: 'setClock',
        summary: 'Go to an instant',
        description: 'The clock runs on from there.',
        tags: ['clock'],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                required: ['now'],
                additionalProperties: false,
                properties: { now: { type: 'number', description: 'Epoch milliseconds.' } },
              },
            },
          },
        },
        responses: {
          '200': {
            description: 'The clock that all providers share.',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['now', 'offsetMs'],
                  additionalProperties: false,
                  properties: {
                    now: { type: 'number', description: 'Epoch milliseconds.' },
                    offsetMs: { type: 'number', description: "By how much it is ahead of the system's clock." },
                  },
                },
              },
            },
          },
          default: {
            description: 'What is wrong, and what to do about it (RFC 9457).',
            content: {
              'application/problem+json': {
                schema: {
                  type: 'object',
                  required: ['type', 'title', 'status', 'detail', 'code'],
                  additionalProperties: false,
                  properties: {
                    type: { type: 'string' },
                    title: { type: 'string' },
                    status: { type: 'integer' },
                    detail: { type: 'string' },
                    code: {
                      type: 'string',
                      enum: [
                        'invalid-request',
                        'unknown-provider',
                        'unknown-account',
                        'unknown-path',
                        'method-not-allowed',
                        'not-loopback',
                        'unknown-host',
                        'foreign-origin',
                        'timeout',
                      ],
                    },
                  },
                },
              },
            },
          },
        },
      },
    },
    '/clock/advance': {
      post: {
        operationId: 'advanceClock',
        summary: 'Let time pass',
        description: 'Tokens end, and delays are over, that became due in between.',
        tags: ['clock'],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                required: ['ms'],
                additionalProperties: false,
                properties: { ms: { type: 'number', minimum: 0, description: 'How much', 'in milliseconds.': null } },
              },
            },
          },
        },
        responses: {
          '200': {
            description: 'The clock that all providers share.',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['now', 'offsetMs'],
                  additionalProperties: false,
                  properties: {
                    now: { type: 'number', description: 'Epoch milliseconds.' },
                    offsetMs: { type: 'number', description: "By how much it is ahead of the system's clock." },
                  },
                },
              },
            },
          },
          default: {
            description: 'What is wrong, and what to do about it (RFC 9457).',
            content: {
              'application/problem+json': {
                schema: {
                  type: 'object',
                  required: ['type', 'title', 'status', 'detail', 'code'],
                  additionalProperties: false,
                  properties: {
                    type: { type: 'string' },
                    title: { type: 'string' },
                    status: { type: 'integer' },
                    detail: { type: 'string' },
                    code: {
                      type: 'string',
                      enum: [
                        'invalid-request',
                        'unknown-provider',
                        'unknown-account',
                        'unknown-path',
                        'method-not-allowed',
                        'not-loopback',
                        'unknown-host',
                        'foreign-origin',
                        'timeout',
                      ],
                    },
                  },
                },
              },
            },
          },
        },
      },
    },
    '/accounts': {
      get: {
        operationId: 'listAccounts',
        summary: 'The accounts that are accepted',
        tags: ['accounts'],
        parameters: [
          {
            name: 'provider',
            in: 'query',
            description: 'Only those of this provider. Default: all.',
            schema: { type: 'string' },
          },
        ],
        responses: {
          '200': {
            description: 'By their names, without their secrets.',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['accounts'],
                  additionalProperties: false,
                  properties: {
                    accounts: {
                      type: 'array',
                      items: {
                        type: 'object',
                        required: ['provider', 'name'],
                        additionalProperties: false,
                        properties: { provider: { type: 'string' }, name: { type: 'string' } },
                      },
                    },
                  },
                },
              },
            },
          },
          default: {
            description: 'What is wrong, and what to do about it (RFC 9457).',
            content: {
              'application/problem+json': {
                schema: {
                  type: 'object',
                  required: ['type', 'title', 'status', 'detail', 'code'],
                  additionalProperties: false,
                  properties: {
                    type: { type: 'string' },
                    title: { type: 'string' },
                    status: { type: 'integer' },
                    detail: { type: 'string' },
                    code: {
                      type: 'string',
                      enum: [
                        'invalid-request',
                        'unknown-provider',
                        'unknown-account',
                        'unknown-path',
                        'method-not-allowed',
                        'not-loopback',
                        'unknown-host',
                        'foreign-origin',
                        'timeout',
                      ],
                    },
                  },
                },
              },
            },
          },
        },
      },
      post: {
        operationId: 'addAccount',
        summary: 'Accept another account',
        description:
          'The credentials are those of the provider, such as `consumerKey` and `secretKey`. Those of an account that exists replace the ones before.',
        tags: ['accounts'],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                required: ['provider', 'credentials'],
                additionalProperties: false,
                properties: {
                  provider: { type: 'string' },
                  credentials: { type: 'object', additionalProperties: true },
                },
              },
            },
          },
        },
        responses: {
          '201': {
            description: 'It is accepted from now on.',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['provider', 'name'],
                  additionalProperties: false,
                  properties: { provider: { type: 'string' }, name: { type: 'string' } },
                },
              },
            },
          },
          default: {
            description: 'What is wrong, and what to do about it (RFC 9457).',
            content: {
              'application/problem+json': {
                schema: {
                  type: 'object',
                  required: ['type', 'title', 'status', 'detail', 'code'],
                  additionalProperties: false,
                  properties: {
                    type: { type: 'string' },
                    title: { type: 'string' },
                    status: { type: 'integer' },
                    detail: { type: 'string' },
                    code: {
                      type: 'string',
                      enum: [
                        'invalid-request',
                        'unknown-provider',
                        'unknown-account',
                        'unknown-path',
                        'method-not-allowed',
                        'not-loopback',
                        'unknown-host',
                        'foreign-origin',
                        'timeout',
                      ],
                    },
                  },
                },
              },
            },
          },
        },
      },
    },
    '/accounts/{provider}/{name}': {
      delete: {
        operationId: 'endAccount',
        summary: 'Stop accepting an account',
        description: 'What becomes of its tokens is up to the provider.',
        tags: ['accounts'],
        parameters: [
          { name: 'provider', in: 'path', required: true, schema: { type: 'string' } },
          { name: 'name', in: 'path', required: true, schema: { type: 'string' } },
        ],
        responses: {
          '204': { description: 'It is accepted no longer.' },
          default: {
            description: 'What is wrong, and what to do about it (RFC 9457).',
            content: {
              'application/problem+json': {
                schema: {
                  type: 'object',
                  required: ['type', 'title', 'status', 'detail', 'code'],
                  additionalProperties: false,
                  properties: {
                    type: { type: 'string' },
                    title: { type: 'string' },
                    status: { type: 'integer' },
                    detail: { type: 'string' },
                    code: {
                      type: 'string',
                      enum: [
                        'invalid-request',
                        'unknown-provider',
                        'unknown-account',
                        'unknown-path',
                        'method-not-allowed',
                        'not-loopback',
                        'unknown-host',
                        'foreign-origin',
                        'timeout',
                      ],
                    },
                  },
                },
              },
            },
          },
        },
      },
    },
    '/tokens/revoke': {
      post: {
        operationId: 'revokeTokens',
        summary: 'Make the server refuse tokens that it issued',
        tags: ['tokens'],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                required: ['provider'],
                additionalProperties: false,
                properties: {
                  provider: { type: 'string' },
                  which: {
                    type: 'string',
                    enum: ['access', 'refresh', 'both'],
                    default: 'access',
                    description: 'A provider without refresh tokens takes no notice of it.',
                  },
                  family: { type: 'integer', minimum: 1, description: 'Default: all families.' },
                  generation: { type: 'integer', minimum: 1, description: 'Default: all generations.' },
                },
              },
            },
          },
        },
        responses: {
          '200': {
            description: 'How many were alive.',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['count'],
                  additionalProperties: false,
                  properties: { count: { type: 'integer' } },
                },
              },
            },
          },
          default: {
            description: 'What is wrong, and what to do about it (RFC 9457).',
            content: {
              'application/problem+json': {
                schema: {
                  type: 'object',
                  required: ['type', 'title', 'status', 'detail', 'code'],
                  additionalProperties: false,
                  properties: {
                    type: { type: 'string' },
                    title: { type: 'string' },
                    status: { type: 'integer' },
                    detail: { type: 'string' },
                    code: {
                      type: 'string',
                      enum: [
                        'invalid-request',
                        'unknown-provider',
                        'unknown-account',
                        'unknown-path',
                        'method-not-allowed',
                        'not-loopback',
                        'unknown-host',
                        'foreign-origin',
                        'timeout',
                      ],
                    },
                  },
                },
              },
            },
          },
        },
      },
    },
    '/tokens/expire': {
      post: {
        operationId: 'expireTokens',
        summary: 'End tokens now, without moving the clock',
        tags: ['tokens'],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                required: ['provider'],
                additionalProperties: false,
                properties: {
                  provider: { type: 'string' },
                  which: {
                    type: 'string',
                    enum: ['access', 'refresh', 'both'],
                    default: 'access',
                    description: 'A provider without refresh tokens takes no notice of it.',
                  },
                  family: { type: 'integer', minimum: 1, description: 'Default: all families.' },
                  generation: { type: 'integer', minimum: 1, description: 'Default: all generations.' },
                },
              },
            },
          },
        },
        responses: {
          '200': {
            description: 'How many were alive.',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['count'],
                  additionalProperties: false,
                  properties: { count: { type: 'integer' } },
                },
              },
            },
          },
          default: {
            description: 'What is wrong, and what to do about it (RFC 9457).',
            content: {
              'application/problem+json': {
                schema: {
                  type: 'object',
                  required: ['type', 'title', 'status', 'detail', 'code'],
                  additionalProperties: false,
                  properties: {
                    type: { type: 'string' },
                    title: { type: 'string' },
                    status: { type: 'integer' },
                    detail: { type: 'string' },
                    code: {
                      type: 'string',
                      enum: [
                        'invalid-request',
                        'unknown-provider',
                        'unknown-account',
                        'unknown-path',
                        'method-not-allowed',
                        'not-loopback',
                        'unknown-host',
                        'foreign-origin',
                        'timeout',
                      ],
                    },
                  },
                },
              },
            },
          },
        },
      },
    },
    '/expectations': {
      get: {
        operationId: 'listExpectations',
        summary: 'What is expected, and whether it came',
        tags: ['expectations'],
        responses: {
          '200': {
            description: 'In the order in which they were added.',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['allMet', 'expectations'],
                  additionalProperties: false,
                  properties: {
                    allMet: { type: 'boolean' },
                    expectations: {
                      type: 'array',
                      items: {
                        type: 'object',
                        required: ['provider', 'request', 'atLeast', 'received', 'met'],
                        additionalProperties: false,
                        properties: {
                          provider: { type: 'string' },
                          request: {
                            description: 'Which requests are meant. What is absent may be anything.',
                            type: 'object',
                            additionalProperties: false,
                            properties: {
                              operation: { type: 'string' },
                              method: { type: 'string' },
                              status: { type: 'integer' },
                              fault: {
                                type: 'string',
                                enum: [
                                  'status',
                                  'reset',
                                  'hang',
                                  'delay',
                                  'html',
                                  'redirect',
                                  'slow-body',
                                  'cut-body',
                                  'empty-body',
                                  'malformed-json',
                                  'missing-field',
                                  'altered-field',
                                  'oversized-body',
                                  'skewed-date',
                                ],
                              },
                              outcome: { type: 'string', enum: ['pending', 'answered', 'reset', 'aborted'] },
                              family: { type: 'integer' },
                              generation: { type: 'integer' },
                            },
                          },
                          atLeast: { type: 'integer' },
                          atMost: { type: 'integer' },
                          received: { type: 'integer', description: 'How many such requests there were so far.' },
                          met: { type: 'boolean' },
                        },
                      },
                    },
                  },
                },
              },
            },
          },
          default: {
            description: 'What is wrong, and what to do about it (RFC 9457).',
            content: {
              'application/problem+json': {
                schema: {
                  type: 'object',
                  required: ['type', 'title', 'status', 'detail', 'code'],
                  additionalProperties: false,
                  properties: {
                    type: { type: 'string' },
                    title: { type: 'string' },
                    status: { type: 'integer' },
                    detail: { type: 'string' },
                    code: {
                      type: 'string',
                      enum: [
                        'invalid-request',
                        'unknown-provider',
                        'unknown-account',
                        'unknown-path',
                        'method-not-allowed',
                        'not-loopback',
                        'unknown-host',
                        'foreign-origin',
                        'timeout',
                      ],
                    },
                  },
                },
              },
            },
          },
        },
      },
      post: {
        operationId: 'expectRequests',
        summary: 'Expect requests',
        description: 'Requests that came before count too.',
        tags: ['expectations'],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                required: ['provider'],
                additionalProperties: false,
                properties: {
                  provider: { type: 'string' },
                  request: {
                    description: 'Which requests are meant. What is absent may be anything.',
                    type: 'object',
                    additionalProperties: false,
                    properties: {
                      operation: { type: 'string' },
                      method: { type: 'string' },
                      status: { type: 'integer' },
                      fault: {
                        type: 'string',
                        enum: [
                          'status',
                          'reset',
                          'hang',
                          'delay',
                          'html',
                          'redirect',
                          'slow-body',
                          'cut-body',
                          'empty-body',
                          'malformed-json',
                          'missing-field',
                          'altered-field',
                          'oversized-body',
                          'skewed-date',
                        ],
                      },
                      outcome: { type: 'string', enum: ['pending', 'answered', 'reset', 'aborted'] },
                      family: { type: 'integer' },
                      generation: { type: 'integer' },
                    },
                  },
                  atLeast: { type: 'integer', minimum: 0, description: 'Default: 1, or 0 where there is `atMost`.' },
                  atMost: { type: 'integer', minimum: 0, description: 'Default: no limit.' },
                },
              },
            },
          },
        },
        responses: {
          '201': {
            description: 'It is compared with the requests whenever it is read.',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['provider', 'request', 'atLeast', 'received', 'met'],
                  additionalProperties: false,
                  properties: {
                    provider: { type: 'string' },
                    request: {
                      description: 'Which requests are meant. What is absent may be anything.',
                      type: 'object',
                      additionalProperties: false,
                      properties: {
                        operation: { type: 'string' },
                        method: { type: 'string' },
                        status: { type: 'integer' },
                        fault: {
                          type: 'string',
                          enum: [
                            'status',
                            'reset',
                            'hang',
                            'delay',
                            'html',
                            'redirect',
                            'slow-body',
                            'cut-body',
                            'empty-body',
                            'malformed-json',
                            'missing-field',
                            'altered-field',
                            'oversized-body',
                            'skewed-date',
                          ],
                        },
                        outcome: { type: 'string', enum: ['pending', 'answered', 'reset', 'aborted'] },
                        family: { type: 'integer' },
                        generation: { type: 'integer' },
                      },
                    },
                    atLeast: { type: 'integer' },
                    atMost: { type: 'integer' },
                    received: { type: 'integer', description: 'How many such requests there were so far.' },
                    met: { type: 'boolean' },
                  },
                },
              },
            },
          },
          default: {
            description: 'What is wrong, and what to do about it (RFC 9457).',
            content: {
              'application/problem+json': {
                schema: {
                  type: 'object',
                  required: ['type', 'title', 'status', 'detail', 'code'],
                  additionalProperties: false,
                  properties: {
                    type: { type: 'string' },
                    title: { type: 'string' },
                    status: { type: 'integer' },
                    detail: { type: 'string' },
                    code: {
                      type: 'string',
                      enum: [
                        'invalid-request',
                        'unknown-provider',
                        'unknown-account',
                        'unknown-path',
                        'method-not-allowed',
                        'not-loopback',
                        'unknown-host',
                        'foreign-origin',
                        'timeout',
                      ],
                    },
                  },
                },
              },
            },
          },
        },
      },
      delete: {
        operationId: 'clearExpectations',
        summary: 'Forget all expectations',
        tags: ['expectations'],
        responses: {
          '204': { description: 'There are no expectations now.' },
          default: {
            description: 'What is wrong, and what to do about it (RFC 9457).',
            content: {
              'application/problem+json': {
                schema: {
                  type: 'object',
                  required: ['type', 'title', 'status', 'detail', 'code'],
                  additionalProperties: false,
                  properties: {
                    type: { type: 'string' },
                    title: { type: 'string' },
                    status: { type: 'integer' },
                    detail: { type: 'string' },
                    code: {
                      type: 'string',
                      enum: [
                        'invalid-request',
                        'unknown-provider',
                        'unknown-account',
                        'unknown-path',
                        'method-not-allowed',
                        'not-loopback',
                        'unknown-host',
                        'foreign-origin',
                        'timeout',
                      ],
                    },
                  },
                },
              },
            },
          },
        },
      },
    },
  },
  components: { securitySchemes: {} },
}
