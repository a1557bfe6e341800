// Generated from specs/mercado-livre/openapi.yaml (sha256 6ec53cd347ac9ae5).
// Do not edit: change the spec, then run `pnpm generate`.

import type { DocumentedExample, OpenApiDocument } from '../openapi-document.ts'

/** The auth endpoints of Mercado Livre as documented, every `$ref` resolved. */
export const document: OpenApiDocument = {
  openapi: '3.1.0',
  info: {
    title: 'Mercado Livre',
    version: 'undocumented',
    summary: 'The operation that issues Mercado Livre access tokens.',
    description:
      "Mercado Livre is a marketplace. Its API takes an access token of a seller, who agrees once to what an application does. This document describes how that token is obtained and renewed. The API's other operations are not part of it.",
  },
  servers: [
    {
      url: 'https://api.mercadolibre.com',
      'x-name': 'production',
      description:
        'AUTH: the token call and the API. There is no sandbox: sellers and buyers of tests are users of production.',
    },
  ],
  security: [{ accessToken: [] }],
  paths: {
    '/oauth/token': {
      post: {
        operationId: 'issueToken',
        summary: 'Issues tokens (RFC 6749 §3.2).',
        security: [],
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
                  client_id: { type: 'string' },
                  client_secret: { type: 'string' },
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
                    user_id: { type: ['string', 'number', 'boolean'] },
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
          '403': {
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
      accessToken: { type: 'http', scheme: 'bearer', description: 'AUTH: "-H \'Authorization: Bearer APP_USR-…\'".' },
    },
  },
}

/** Requests and answers that its documents show. */
export const examples: readonly DocumentedExample[] = [
  {
    operation: 'issueToken',
    name: 'a code is exchanged',
    source: 'Autenticación y Autorización, 2025-12-29; tokens and keys are placeholders',
    request: {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
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
        token_type: 'bearer',
        expires_in: 10800,
        scope: 'offline_access read write',
        user_id: 1234567,
        refresh_token: 'example-refresh-token',
      },
    },
  },
  {
    operation: 'issueToken',
    name: 'a refresh token is used',
    source: 'Autenticación y Autorización, 2025-12-29; tokens and keys are placeholders',
    request: {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: {
        grant_type: 'refresh_token',
        refresh_token: 'example-refresh-token',
        client_id: 'example-client-id',
        client_secret: 'example-client-secret',
      },
    },
    response: {
      status: 200,
      body: {
        access_token: 'example-access-token',
        token_type: 'bearer',
        expires_in: 10800,
        scope: 'offline_access read write',
        user_id: 1234567,
        refresh_token: 'example-refresh-token',
      },
    },
  },
  {
    operation: 'issueToken',
    name: 'a refresh token that was used comes back',
    source: 'Autenticación y Autorización, 2025-12-29; tokens and keys are placeholders',
    request: {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: {
        grant_type: 'refresh_token',
        refresh_token: 'example-spent-token',
        client_id: 'example-client-id',
        client_secret: 'example-client-secret',
      },
    },
    response: {
      status: 400,
      body: {
        error_description:
          'Error validating grant. Your authorization code or refresh token may be expired or it was already used',
        error: 'invalid_grant',
        status: 400,
        cause: [],
      },
    },
  },
]
