// Generated from specs/conta-azul/openapi.yaml (sha256 c19ffacb95ee68ff).
// Do not edit: change the spec, then run `pnpm generate`.

import type { DocumentedExample, OpenApiDocument } from '../openapi-document.ts'

/** The auth endpoints of Conta Azul as documented, every `$ref` resolved. */
export const document: OpenApiDocument = {
  openapi: '3.1.0',
  info: {
    title: 'Conta Azul',
    version: '2',
    summary: 'The operation that issues Conta Azul access tokens.',
    description:
      "Conta Azul is an ERP. Its API takes an access token of a company whose user agreed to what an application does. This document describes how that token is obtained and renewed. The API's other operations are not part of it.",
  },
  servers: [
    {
      url: 'https://api-v2.contaazul.com',
      'x-name': 'production',
      description: 'CALL: the API. META, QUOTED: the token endpoint too, since August 2026. There is no sandbox.',
    },
  ],
  security: [{ accessToken: [] }],
  paths: {
    '/oauth/token': {
      post: {
        operationId: 'issueToken',
        summary: 'Issues tokens (RFC 6749 §3.2).',
        security: [{ oauthClient: [] }],
        parameters: [],
        requestBody: {
          required: true,
          content: {
            'application/x-www-form-urlencoded': {
              schema: {
                type: 'object',
                required: ['grant_type'],
                properties: {
                  grant_type: {
                    type: 'string',
                    enum: ['authorization_code', 'refresh_token'],
                    description: 'What is exchanged for a token.',
                  },
                  code: { type: 'string' },
                  redirect_uri: { type: 'string' },
                  code_verifier: { type: 'string' },
                  refresh_token: { type: 'string' },
                },
              },
            },
          },
        },
        responses: {
          '200': {
            description: 'The token.',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  properties: {
                    access_token: { type: 'string' },
                    token_type: { type: 'string' },
                    expires_in: { type: ['integer', 'string'] },
                    refresh_token: { type: 'string' },
                    scope: { type: 'string' },
                  },
                },
              },
            },
          },
          '400': {
            description: 'An error (RFC 6749 §5.2).',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  properties: {
                    error: { type: 'string' },
                    error_description: { type: 'string' },
                    error_uri: { type: 'string' },
                  },
                },
              },
            },
          },
          '401': {
            description: 'An error (RFC 6749 §5.2).',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  properties: {
                    error: { type: 'string' },
                    error_description: { type: 'string' },
                    error_uri: { type: 'string' },
                  },
                },
              },
            },
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
        description: 'CALL: "Authorization: Bearer ACCESS_TOKEN_GERADO".',
      },
      oauthClient: { type: 'http', scheme: 'basic' },
    },
  },
}

/** Requests and answers that its documents show. */
export const examples: readonly DocumentedExample[] = [
  {
    operation: 'issueToken',
    name: 'a code is exchanged, and the client is in the body too',
    source: 'Quick Start; tokens and keys are placeholders',
    request: {
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        authorization: 'Basic ZXhhbXBsZS1jbGllbnQtaWQ6ZXhhbXBsZS1jbGllbnQtc2VjcmV0',
      },
      body: {
        grant_type: 'authorization_code',
        code: 'example-code',
        redirect_uri: 'https://shop.example/callback',
        client_id: 'example-client-id',
        client_secret: 'example-client-secret',
      },
    },
    response: {
      status: 200,
      body: {
        access_token: 'example-access-token',
        expires_in: 3600,
        refresh_token: 'example-refresh-token',
        token_type: 'Bearer',
      },
    },
  },
  {
    operation: 'issueToken',
    name: 'a code is exchanged',
    source: 'Trocar o código recebido por um access_token; tokens and keys are placeholders',
    request: {
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        authorization: 'Basic ZXhhbXBsZS1jbGllbnQtaWQ6ZXhhbXBsZS1jbGllbnQtc2VjcmV0',
      },
      body: { grant_type: 'authorization_code', code: 'example-code', redirect_uri: 'https://shop.example/callback' },
    },
    response: {
      status: 200,
      body: {
        access_token: 'example-access-token',
        expires_in: 3600,
        refresh_token: 'example-refresh-token',
        token_type: 'Bearer',
      },
    },
  },
  {
    operation: 'issueToken',
    name: 'a refresh token is used',
    source: 'Renovando seu Access Token; tokens and keys are placeholders',
    request: {
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        authorization: 'Basic ZXhhbXBsZS1jbGllbnQtaWQ6ZXhhbXBsZS1jbGllbnQtc2VjcmV0',
      },
      body: { grant_type: 'refresh_token', refresh_token: 'example-refresh-token' },
    },
    response: {
      status: 200,
      body: {
        access_token: 'example-access-token',
        expires_in: 3600,
        refresh_token: 'example-refresh-token',
        token_type: 'Bearer',
      },
    },
  },
]
