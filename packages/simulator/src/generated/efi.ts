// Generated from specs/efi/openapi.yaml (sha256 45a0df1b44c2e969).
// Do not edit: change the spec, then run `pnpm generate`.

import type { DocumentedExample, OpenApiDocument } from '../openapi-document.ts'

/** The auth endpoints of Efí as documented, every `$ref` resolved. */
export const document: OpenApiDocument = {
  openapi: '3.1.0',
  info: {
    title: 'Efí',
    version: 'undocumented',
    summary: 'The operations that issue Efí access tokens.',
    description:
      "Efí (formerly Gerencianet) is a payment institution. Each of its APIs has a host and tokens of its own. This document describes how those of Pix and of Cobranças are obtained. The APIs' other operations are not part of it.",
  },
  servers: [
    { url: 'https://pix.api.efipay.com.br', 'x-name': 'production', description: 'PIX, SDK: the API Pix.' },
    {
      url: 'https://pix-h.api.efipay.com.br',
      'x-name': 'sandbox',
      description: 'PIX, SDK: the API Pix, homologação. Credentials and certificates are its own.',
    },
  ],
  security: [{ pixToken: [] }, { chargesToken: [] }],
  paths: {
    '/oauth/token': {
      post: {
        operationId: 'issuePixToken',
        summary: 'Issues a token of the API Pix.',
        description: 'PIX: method, path, headers and body; the certificate is in this request too.',
        security: [{ client: [], certificate: [] }],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                required: ['grant_type'],
                additionalProperties: false,
                properties: {
                  grant_type: {
                    type: 'string',
                    enum: ['client_credentials'],
                    description: 'PIX, COB: always this one.',
                  },
                },
              },
            },
          },
        },
        responses: {
          '200': {
            description: 'PIX: the token.',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  properties: {
                    access_token: { type: 'string' },
                    token_type: { type: 'string' },
                    expires_in: { type: 'integer', description: 'PIX: seconds, 3600.' },
                    scope: { type: 'string', description: 'PIX: what the application may do.' },
                  },
                },
              },
            },
          },
          '401': {
            description: 'undocumented: how wrong credentials are answered, and any body.',
            content: { 'application/json': { schema: {} } },
          },
          default: {
            description: 'undocumented: how wrong credentials are answered, and any body.',
            content: { 'application/json': { schema: {} } },
          },
        },
      },
    },
    '/v1/authorize': {
      post: {
        operationId: 'issueChargesToken',
        summary: 'Issues a token of the API Cobranças.',
        description: 'COB: method, path, headers and body; no certificate.',
        security: [{ client: [] }],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                required: ['grant_type'],
                additionalProperties: false,
                properties: {
                  grant_type: {
                    type: 'string',
                    enum: ['client_credentials'],
                    description: 'PIX, COB: always this one.',
                  },
                },
              },
            },
          },
        },
        responses: {
          '200': {
            description: 'COB: the token.',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  properties: {
                    access_token: { type: 'string' },
                    token_type: { type: 'string' },
                    expires_in: { type: 'integer', description: 'COB: seconds, 600.' },
                    expire_at: {
                      type: 'string',
                      description: 'COB: “Timestamp ISO 8601”, milliseconds since 1970 in the example. Not read.',
                    },
                    refresh_token: { type: 'string', description: 'COB: how it is sent is undocumented. Not read.' },
                  },
                },
              },
            },
          },
          '401': {
            description: 'undocumented: how wrong credentials are answered, and any body.',
            content: { 'application/json': { schema: {} } },
          },
          default: {
            description: 'undocumented: how wrong credentials are answered, and any body.',
            content: { 'application/json': { schema: {} } },
          },
        },
      },
    },
  },
  components: {
    securitySchemes: {
      client: {
        type: 'http',
        scheme: 'basic',
        description: 'PIX, COB: “HTTP Basic Auth”, with Client_Id and Client_Secret.',
      },
      certificate: {
        type: 'mutualTLS',
        description:
          'PIX: “obrigatório em todas as requisições feitas à API Pix, inclusive na requisição de autorização”.',
      },
      pixToken: { type: 'http', scheme: 'bearer', description: 'PIX: a JWT in the example, treated as opaque.' },
      chargesToken: { type: 'http', scheme: 'bearer', description: 'COB: a JWT in the example, treated as opaque.' },
    },
  },
}

/** Requests and answers that its documents show. */
export const examples: readonly DocumentedExample[] = [
  {
    operation: 'issueChargesToken',
    name: 'an application logs in at Cobranças',
    source: 'dev.efipay.com.br, API Cobranças, Exemplo de resposta da autorização; tokens and keys are placeholders',
    request: {
      headers: {
        authorization: 'Basic ZXhhbXBsZS1jbGllbnQtaWQ6ZXhhbXBsZS1jbGllbnQtc2VjcmV0',
        'content-type': 'application/json',
      },
      body: { grant_type: 'client_credentials' },
    },
    response: {
      status: 200,
      body: {
        access_token: 'example-access-token',
        refresh_token: 'example-refresh-token',
        expires_in: 600,
        expire_at: '1690986856033',
        token_type: 'Bearer',
      },
    },
  },
  {
    operation: 'issuePixToken',
    name: 'an application logs in at Pix',
    source:
      'dev.efipay.com.br, API Pix, Exemplo de resposta da autorização; tokens and keys are placeholders, and so is the certificate',
    request: {
      headers: {
        authorization: 'Basic ZXhhbXBsZS1jbGllbnQtaWQ6ZXhhbXBsZS1jbGllbnQtc2VjcmV0',
        'content-type': 'application/json',
      },
      body: { grant_type: 'client_credentials' },
    },
    response: {
      status: 200,
      body: {
        access_token: 'example-access-token',
        token_type: 'Bearer',
        expires_in: 3600,
        scope: 'cob.read cob.write pix.read pix.write',
      },
    },
  },
]
