import { OPENAPI_SCHEMAS } from './openapi-schemas.ts'

const problem = (description: string): object => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
})

const json = (description: string, schema: string): object => ({
  description,
  content: { 'application/json': { schema: { $ref: `#/components/schemas/${schema}` } } },
})

const UNAUTHORIZED = {
  ...problem('There is no key, or it is not one that counts.'),
  headers: { 'WWW-Authenticate': { schema: { type: 'string' } } },
}

/** The wait that a problem asks for. */
const RETRY_AFTER = {
  headers: { 'Retry-After': { description: 'In seconds.', schema: { type: 'integer', minimum: 1 } } },
}

// Of every path that needs a key.
const REFUSALS = {
  '401': UNAUTHORIZED,
  '403': problem('The key does not allow this, or there is no such account. A browser gets this too.'),
  '421': problem('The Host header is not a name of this server.'),
  '429': { ...problem('The key has used up its rate, or the provider asks for a pause.'), ...RETRY_AFTER },
}

const FAILURES = {
  '409': problem('A person has to act: sign in again, or correct the inputs.'),
  '502': { ...problem('The provider failed, or answered what it should not.'), ...RETRY_AFTER },
  '503': { ...problem('The store does not answer, or the server is stopping.'), ...RETRY_AFTER },
  '504': problem('The provider did not answer in time.'),
}

const ACCOUNT = [
  {
    name: 'provider',
    in: 'path',
    required: true,
    description: 'The id of a provider, as `chaveiro providers` prints it.',
    schema: { type: 'string', examples: ['bitize'] },
  },
  {
    name: 'account',
    in: 'path',
    required: true,
    description:
      'The name of an account, as `chaveiro status` prints it; `default` is also the only one of a provider.',
    schema: { type: 'string', examples: ['default'] },
  },
]

const forwarded = (operationId: string): object => ({
  operationId,
  summary: 'Send a request to the provider, with the token put on',
  tags: ['proxy'],
  responses: {
    '400': problem('The path is not one that can be sent on as it is.'),
    ...REFUSALS,
    ...FAILURES,
    default: { description: "The provider's answer, as it comes." },
  },
})

/** What the server offers, written by hand. */
const DOCUMENT: object = {
  openapi: '3.1.1',
  info: {
    title: 'chaveiro serve',
    version: '1',
    summary: 'Valid access tokens, and requests with them, for programs in any language.',
    description:
      'Every call but health needs a key: `chaveiro serve keys add`. Errors are problems (RFC 9457) with a `code` that stays the same, and an `action`.',
    license: { name: 'MIT', identifier: 'MIT' },
  },
  servers: [{ url: 'http://127.0.0.1:8248', description: 'Where it listens by default.' }],
  security: [{ key: [] }],
  tags: [
    { name: 'proxy', description: 'For code that must never hold the token.' },
    { name: 'token', description: 'For code that makes its own requests.' },
    { name: 'status', description: 'What a key allows, and how the server is.' },
  ],
  paths: {
    '/v1/proxy/{provider}/{account}/{path}': {
      parameters: [
        ...ACCOUNT,
        {
          name: 'path',
          in: 'path',
          required: true,
          description: 'The path of the provider’s API, of any number of segments.',
          schema: { type: 'string', examples: ['vendors'] },
        },
      ],
      get: forwarded('forwardGet'),
      post: forwarded('forwardPost'),
      put: forwarded('forwardPut'),
      patch: forwarded('forwardPatch'),
      delete: forwarded('forwardDelete'),
    },
    '/v1/tokens/{provider}/{account}': {
      parameters: ACCOUNT,
      get: {
        operationId: 'getToken',
        summary: 'Get a valid token, and what to send with it',
        tags: ['token'],
        parameters: [
          {
            name: 'min_validity',
            in: 'query',
            description: 'How long the token must still be valid.',
            schema: { type: 'string', pattern: '^[0-9]{1,10}(ms|s|m|h|d)$', examples: ['10m'] },
          },
        ],
        responses: {
          '200': {
            description: 'A token. With `Accept: text/plain` it is the whole answer.',
            headers: { 'Cache-Control': { schema: { type: 'string', const: 'no-store' } } },
            content: {
              'application/json': { schema: { $ref: '#/components/schemas/Token' } },
              'text/plain': { schema: { type: 'string' } },
            },
          },
          '400': problem('The query is not one that this path takes.'),
          ...REFUSALS,
          ...FAILURES,
        },
      },
    },
    '/v1/accounts': {
      get: {
        operationId: 'listAccounts',
        summary: 'List what the key allows',
        tags: ['status'],
        responses: { '200': json('The accounts, without secrets.', 'Accounts'), ...REFUSALS },
      },
    },
    '/v1/openapi.json': {
      get: {
        operationId: 'getDocument',
        summary: 'Get this document',
        tags: ['status'],
        responses: {
          '200': { description: 'This document.', content: { 'application/json': { schema: { type: 'object' } } } },
          ...REFUSALS,
        },
      },
    },
    '/metrics': {
      get: {
        operationId: 'getMetrics',
        summary: 'Get the metrics of this process',
        tags: ['status'],
        responses: {
          '200': {
            description: 'OpenMetrics 1.0. The key needs the status door.',
            content: { 'application/openmetrics-text': { schema: { type: 'string' } } },
          },
          ...REFUSALS,
        },
      },
    },
    '/healthz': {
      get: {
        operationId: 'isAlive',
        summary: 'Is the process alive?',
        tags: ['status'],
        security: [],
        responses: { '200': json('It is.', 'Health'), '421': REFUSALS['421'] },
      },
    },
    '/readyz': {
      get: {
        operationId: 'isReady',
        summary: 'Does the store answer?',
        tags: ['status'],
        security: [],
        responses: {
          '200': json('It does.', 'Health'),
          '421': REFUSALS['421'],
          '503': problem('It does not, or the server is stopping.'),
        },
      },
    },
  },
  components: {
    securitySchemes: {
      key: { type: 'http', scheme: 'bearer', description: 'A key of this server: `chv_<id>_<32 random bytes>`.' },
    },
    schemas: OPENAPI_SCHEMAS,
  },
}

/** The document as JSON. */
export function openApiText(): string {
  return `${JSON.stringify(DOCUMENT)}\n`
}
