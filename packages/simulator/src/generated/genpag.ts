// Generated from specs/genpag/openapi.yaml (sha256 b36682d4ccd8e03c).
// Do not edit: change the spec, then run `pnpm generate`.

import type { DocumentedExample, OpenApiDocument } from '../openapi-document.ts'

/** The auth endpoints of Genpag as documented, every `$ref` resolved. */
export const document: OpenApiDocument = {
  openapi: '3.1.0',
  info: {
    title: 'Genpag',
    version: 'undocumented',
    summary: 'The operation that issues Genpag access tokens, and the one that turns a card number into a card token.',
    description:
      "Genpag takes payments. Its API takes an access token, which a permanent refresh token is exchanged for; a third key, the client token, lets a customer's own device turn a card number into a card token. This document describes these two calls. The API's other operations are not part of it.",
  },
  externalDocs: {
    description: 'Acessando a API (SEED)',
    url: 'https://github.com/genpag/api-docs/blob/5a298da/pages/pagamentos/acessando_a_api.md',
  },
  servers: [
    {
      url: 'https://api-sandbox.genpag.com.br',
      'x-name': 'sandbox',
      description: 'SEED: the request of the guide. FOUND: every other current guide calls this host too.',
    },
  ],
  'x-undocumented-servers': {
    production:
      "No public document that could be read names the host of Genpag's production. Ask Genpag for it, or look into your account's dashboard (business.gen.com.br) and the API reference (docs.gen.com.br), and pass it as a URL.",
  },
  tags: [
    { name: 'authentication', description: 'Access tokens are issued here.' },
    { name: 'cards', description: "For the customer's own device only." },
  ],
  security: [{ accessToken: [] }],
  paths: {
    '/api/{sellerId}/tokens': {
      post: {
        operationId: 'createAccessToken',
        tags: ['authentication'],
        summary: 'Exchanges the refresh token of a seller for an access token.',
        description:
          'SEED: method, path, header and body; the same call gives the first token and every later one. undocumented: whether a new access token ends the one before it, how many may be live, and any rate limit.',
        security: [{ refreshToken: [] }],
        parameters: [
          {
            name: 'sellerId',
            in: 'path',
            required: true,
            description: 'SEED: "Meu ID" in the dashboard. INFERRED from a screenshot: a UUID.',
            schema: { type: 'string' },
          },
        ],
        requestBody: {
          required: true,
          description:
            "SEED: the empty JSON object. undocumented: the content type. The guide's curl names none; every other documented call (FOUND) is application/json, so this one is taken to be that too.",
          content: {
            'application/json': {
              schema: { title: 'The empty JSON object', type: 'object', additionalProperties: false },
            },
          },
        },
        responses: {
          '200': {
            description: 'SEED: the access token. undocumented: the status.',
            content: {
              'application/json': {
                schema: {
                  title: 'An access token',
                  type: 'object',
                  properties: {
                    data: {
                      type: 'string',
                      description: 'SEED: the access token itself. No end, no refresh token and no type come with it.',
                    },
                  },
                },
              },
            },
          },
          '401': {
            description:
              "undocumented for this operation, and so is its body. The guide's sentence on 401 is about the calls that take an access token.",
            content: { 'application/json': { schema: {} } },
          },
          '2XX': {
            description: 'SEED: the access token. undocumented: the status.',
            content: {
              'application/json': {
                schema: {
                  title: 'An access token',
                  type: 'object',
                  properties: {
                    data: {
                      type: 'string',
                      description: 'SEED: the access token itself. No end, no refresh token and no type come with it.',
                    },
                  },
                },
              },
            },
          },
          default: {
            description:
              'undocumented: no document lists a status of this operation, 429 and 5xx included, nor an error model. Any body is possible.',
            content: { 'application/json': { schema: {} } },
          },
        },
      },
    },
    '/api/tokenize': {
      post: {
        operationId: 'tokenizeCard',
        tags: ['cards'],
        summary: "Turns a card number into a card token, on the customer's device.",
        description:
          'FOUND (cobrando_no_credito.md): method, path, header and body. SEED: "Você não deve trafegar os dados do cartão de crédito através de seus servidores": the request comes from the customer\'s browser, app or desktop program and from nowhere else. undocumented: CORS, and whether a card token can be used more than once.',
        security: [{ clientToken: [] }],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                title: 'A card number',
                type: 'object',
                required: ['card_number'],
                additionalProperties: false,
                properties: {
                  card_number: {
                    type: 'string',
                    format: 'password',
                    description: 'FOUND: digits without separators in the example.',
                  },
                },
              },
            },
          },
        },
        responses: {
          '200': {
            description: 'FOUND (cobrando_no_credito.md): the card token. undocumented: the status.',
            content: {
              'application/json': {
                schema: {
                  title: 'A card token',
                  type: 'object',
                  properties: {
                    data: {
                      type: 'object',
                      properties: {
                        number_token: {
                          type: 'string',
                          description:
                            'FOUND: "um token do cartão para utilizar no lugar do número do cartão nas chamadas seguintes". INFERRED from the example: a UUID.',
                        },
                      },
                    },
                  },
                },
              },
            },
          },
          '401': {
            description:
              "undocumented for this operation, and so is its body. The guide's sentence on 401 is about the calls that take an access token.",
            content: { 'application/json': { schema: {} } },
          },
          '2XX': {
            description: 'FOUND (cobrando_no_credito.md): the card token. undocumented: the status.',
            content: {
              'application/json': {
                schema: {
                  title: 'A card token',
                  type: 'object',
                  properties: {
                    data: {
                      type: 'object',
                      properties: {
                        number_token: {
                          type: 'string',
                          description:
                            'FOUND: "um token do cartão para utilizar no lugar do número do cartão nas chamadas seguintes". INFERRED from the example: a UUID.',
                        },
                      },
                    },
                  },
                },
              },
            },
          },
          default: {
            description:
              'undocumented: no document lists a status of this operation, 429 and 5xx included, nor an error model. Any body is possible.',
            content: { 'application/json': { schema: {} } },
          },
        },
      },
    },
  },
  components: {
    securitySchemes: {
      refreshToken: {
        type: 'http',
        scheme: 'bearer',
        description:
          'SEED: "A chave de atualização (refresh token) não expira". It opens the token endpoint and nothing else, and a new one is made in the dashboard only: no operation replaces or returns it.',
      },
      clientToken: {
        type: 'apiKey',
        in: 'header',
        name: 'Authorization',
        description:
          'FOUND (cobrando_no_credito.md): "Authorization: (client token)", the one call that is shown without `Bearer`. undocumented: whether `Bearer` is accepted too, how long a client token lives, and what replaces it. SEED: "diretamente do browser, app mobile ou aplicação desktop"; card data do not pass through one\'s own servers.',
      },
      accessToken: {
        type: 'http',
        scheme: 'bearer',
        description:
          'SEED: "uma chave de acesso (access token)". FOUND: "Authorization: Bearer (access token)" in every other guide. The example begins with `SFMyNTY`; what is inside is undocumented, and the token is treated as opaque.',
      },
    },
  },
}

/** Requests and answers that its documents show. */
export const examples: readonly DocumentedExample[] = [
  {
    operation: 'createAccessToken',
    name: 'a refresh token is exchanged for an access token',
    source:
      'genpag/api-docs, acessando_a_api.md; the status is undocumented, the refresh token and the rest of the access token are placeholders',
    request: { headers: { authorization: 'Bearer example-refresh-token' }, body: {} },
    response: { status: 200, body: { data: 'SFMyNTY.example-access-token' } },
  },
  {
    operation: 'tokenizeCard',
    name: 'a card number is exchanged for a card token',
    source:
      "genpag/api-docs, cobrando_no_credito.md; the status is undocumented, the client token is a placeholder, the number is the guide's",
    request: {
      headers: { 'content-type': 'application/json', authorization: 'example-client-token' },
      body: { card_number: '4444333322221111' },
    },
    response: { status: 200, body: { data: { number_token: '92069efd-b8ef-1a28-f15e-113646215dc6' } } },
  },
]
