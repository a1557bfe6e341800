// Generated from specs/bitize/openapi.yaml (sha256 0add907e60e6fbdc).
// Do not edit: change the spec, then run `pnpm generate`.

import type { DocumentedExample, OpenApiDocument } from '../openapi-document.ts'

/** The auth endpoints of Bitize as documented, every `$ref` resolved. */
export const document: OpenApiDocument = {
  openapi: '3.1.0',
  info: {
    title: 'Bitize',
    version: '1.0',
    summary: 'The two operations that issue Bitize access tokens.',
    description:
      "Bitize is a platform for managing purchases. Its API takes an access token on every call; this document describes how that token is obtained and refreshed. The API's other operations are not part of it.",
  },
  externalDocs: {
    description: 'Como obter o token de acesso (SEED)',
    url: 'https://bitize.stoplight.io/docs/api/docs/autenticacao/Como-obter-o-token-de-acesso.md',
  },
  servers: [
    {
      url: 'https://api.bitize.com.br',
      'x-name': 'production',
      description:
        'FOUND: reference/Bitize.v1.yaml, servers[0] "Produção", and the default of BT_HOST in bitize/bitize-protheus.',
    },
    {
      url: 'https://api-tst.bitize.com.br',
      'x-name': 'test',
      description: 'FOUND: reference/Bitize.v1.yaml, servers[1] "Testes".',
    },
    { url: 'https://api.bitize.io', 'x-name': 'io', description: 'SEED: the request that can be tried on the page.' },
  ],
  tags: [{ name: 'authentication', description: 'Tokens are issued and refreshed here.' }],
  security: [{ accessToken: [] }],
  paths: {
    '/auth': {
      post: {
        operationId: 'authenticate',
        tags: ['authentication'],
        summary: 'Exchanges the keys of an integration for an access token and a refresh token.',
        description:
          'SEED: method, path and body. FOUND (reference/Bitize.v1.yaml, `post-auth`): no authentication of its own. undocumented: whether tokens issued earlier stay valid, how many may be live, and any rate limit.',
        security: [],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                title: 'The keys of an integration',
                type: 'object',
                required: ['consumer_key', 'secret_key'],
                properties: {
                  consumer_key: { type: 'string', format: 'uuid', description: 'SEED: "Chave de Consumo".' },
                  secret_key: { type: 'string', format: 'password', description: 'SEED: "Chave Secreta".' },
                },
              },
            },
          },
        },
        responses: {
          '200': {
            description: 'SEED: the pair of tokens and their ends.',
            content: {
              'application/json': {
                schema: {
                  title: 'An access token, a refresh token, and when they end',
                  type: 'object',
                  properties: {
                    access_token: { type: 'string', description: 'SEED: "Token".' },
                    refresh_token: { type: 'string', description: 'SEED: "Refresh Token".' },
                    expiration_access_token: {
                      type: 'string',
                      format: 'date-time',
                      description:
                        'SEED: "Data e hora da expiração do Token". FOUND (example): UTC, with milliseconds and Z. undocumented: the length of a token\'s life. INFERRED from the example: 24 hours.',
                    },
                    expiration_refresh_token: {
                      type: 'string',
                      format: 'date-time',
                      description:
                        'SEED: "Data e hora do Refresh Token". FOUND (example): UTC, with milliseconds and Z. undocumented: the length of its life. INFERRED from the example: 48 hours.',
                    },
                  },
                },
              },
            },
          },
          '400': {
            description:
              'FOUND (reference/Bitize.v1.yaml): "Bad Request: Significa que o servidor não entendeu a requisição pois está com uma sintaxe inválida." undocumented: whether wrong keys answer this or another status.',
            content: {
              'application/json': {
                schema: {
                  title: 'The error model',
                  description:
                    'FOUND (reference/Error.v1.yaml): "Essa é a estrutura padrão das mensagens de erro da plataforma".',
                  type: 'object',
                  required: ['status', 'title'],
                  properties: {
                    status: {
                      type: 'number',
                      enum: [400, 401, 403, 404, 500],
                      description: 'FOUND: "Código de erro HTTP".',
                    },
                    title: { type: 'string', minLength: 1, description: 'FOUND: "Breve descrição do erro".' },
                    detail: { type: 'string', minLength: 1, description: 'FOUND: "Descrição do erro".' },
                    validation: {
                      type: ['array', 'null'],
                      uniqueItems: true,
                      minItems: 1,
                      items: { type: 'object' },
                      description:
                        'FOUND: "Caso seja um erro de validação de campos, o erro será detalhado aqui". undocumented: the shape of an item.',
                    },
                  },
                },
              },
            },
          },
          default: {
            description:
              'undocumented: no other status is listed for this operation, 429 and 5xx included. Any body is possible.',
            content: { 'application/json': { schema: {} } },
          },
        },
      },
      get: {
        operationId: 'refreshAccessToken',
        tags: ['authentication'],
        summary: 'Exchanges a refresh token for a new access token and a new refresh token.',
        description:
          'FOUND (reference/Bitize.v1.yaml, `get-auth`): "Endpoint para obtenção de um novo token através de um refresh token válido", with no authentication of its own. The page shows the same call from its revision bf334fd on. undocumented: whether the refresh token that was sent stays valid.',
        security: [],
        parameters: [
          {
            name: 'refresh_token',
            in: 'query',
            required: true,
            description:
              'FOUND (reference/Bitize.v1.yaml): a secret that the vendor demands in the query. A log of URLs contains it.',
            schema: { type: 'string' },
          },
        ],
        responses: {
          '200': {
            description: 'FOUND (reference/Bitize.v1.yaml): the same four fields, a new refresh token among them.',
            content: {
              'application/json': {
                schema: {
                  title: 'An access token, a refresh token, and when they end',
                  type: 'object',
                  properties: {
                    access_token: { type: 'string', description: 'SEED: "Token".' },
                    refresh_token: { type: 'string', description: 'SEED: "Refresh Token".' },
                    expiration_access_token: {
                      type: 'string',
                      format: 'date-time',
                      description:
                        'SEED: "Data e hora da expiração do Token". FOUND (example): UTC, with milliseconds and Z. undocumented: the length of a token\'s life. INFERRED from the example: 24 hours.',
                    },
                    expiration_refresh_token: {
                      type: 'string',
                      format: 'date-time',
                      description:
                        'SEED: "Data e hora do Refresh Token". FOUND (example): UTC, with milliseconds and Z. undocumented: the length of its life. INFERRED from the example: 48 hours.',
                    },
                  },
                },
              },
            },
          },
          '401': {
            description:
              'FOUND (reference/Bitize.v1.yaml): "Unauthorized: O cliente deve se autenticar para obter a resposta solicitada."',
            content: {
              'application/json': {
                schema: {
                  title: 'The error model',
                  description:
                    'FOUND (reference/Error.v1.yaml): "Essa é a estrutura padrão das mensagens de erro da plataforma".',
                  type: 'object',
                  required: ['status', 'title'],
                  properties: {
                    status: {
                      type: 'number',
                      enum: [400, 401, 403, 404, 500],
                      description: 'FOUND: "Código de erro HTTP".',
                    },
                    title: { type: 'string', minLength: 1, description: 'FOUND: "Breve descrição do erro".' },
                    detail: { type: 'string', minLength: 1, description: 'FOUND: "Descrição do erro".' },
                    validation: {
                      type: ['array', 'null'],
                      uniqueItems: true,
                      minItems: 1,
                      items: { type: 'object' },
                      description:
                        'FOUND: "Caso seja um erro de validação de campos, o erro será detalhado aqui". undocumented: the shape of an item.',
                    },
                  },
                },
              },
            },
          },
          default: {
            description:
              'undocumented: no other status is listed for this operation, 429 and 5xx included. Any body is possible.',
            content: { 'application/json': { schema: {} } },
          },
        },
      },
    },
  },
  components: {
    securitySchemes: {
      accessToken: {
        type: 'http',
        scheme: 'bearer',
        description:
          'FOUND: "Authorization: Bearer SEU TOKEN" (the page from revision bf334fd on; reference/Bitize.v1.yaml, securitySchemes). The token\'s inner form is undocumented (INFERRED: a JWT); it is treated as opaque.',
      },
    },
  },
}

/** Requests and answers that its documents show. */
export const examples: readonly DocumentedExample[] = [
  {
    operation: 'authenticate',
    name: 'an invalid request is answered with the error model',
    source: 'bitize/api-doc, reference/Error.v1.yaml, x-examples; the request that belongs to it is undocumented',
    request: {},
    response: {
      status: 400,
      headers: { 'content-type': 'application/json' },
      body: { status: 400, title: 'Requisição inválida', detail: 'Erro na validação dos dados', validation: null },
    },
  },
  {
    operation: 'authenticate',
    name: 'keys are exchanged for a pair',
    source: 'bitize/api-doc, reference/Bitize.v1.yaml, post-auth, examples; the tokens and the secret are placeholders',
    request: {
      headers: { 'content-type': 'application/json' },
      body: { consumer_key: '15aa5a99-b27e-48ab-8076-7da9059337cb', secret_key: 'example-secret-key' },
    },
    response: {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: {
        access_token: 'example-access-token',
        refresh_token: 'example-refresh-token',
        expiration_access_token: '2021-01-30T20:30:59.058Z',
        expiration_refresh_token: '2021-01-31T20:30:59.058Z',
      },
    },
  },
  {
    operation: 'refreshAccessToken',
    name: 'a refresh token is exchanged for a new pair',
    source: 'bitize/api-doc, reference/Bitize.v1.yaml, get-auth, examples; the tokens are placeholders',
    request: { query: { refresh_token: 'example-refresh-token' }, headers: { 'content-type': 'application/json' } },
    response: {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: {
        access_token: 'example-new-access-token',
        refresh_token: 'example-new-refresh-token',
        expiration_access_token: '2021-01-30T20:30:59.058Z',
        expiration_refresh_token: '2021-01-31T20:30:59.058Z',
      },
    },
  },
]
