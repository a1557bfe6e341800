// Generated from specs/tiny/openapi.yaml (sha256 e60434f17745fdb5).
// Do not edit: change the spec, then run `pnpm generate`.

import type { DocumentedExample, OpenApiDocument } from '../openapi-document.ts'

/** The auth endpoints of Tiny as documented, every `$ref` resolved. */
export const document: OpenApiDocument = {
  openapi: '3.1.0',
  info: {
    title: 'Tiny',
    version: '3',
    summary: 'The operation that issues access tokens of Tiny, the ERP of Olist.',
    description:
      "Tiny is the ERP of Olist. Its API takes an access token of a user who agreed to what an application does. This document describes how that token is obtained and renewed. The API's other operations are not part of it. Olist's API for marketplaces (dev.olist.com) is another one, with tokens of its own.",
  },
  servers: [
    {
      url: 'https://accounts.tiny.com.br',
      'x-name': 'production',
      'x-api': 'https://api.tiny.com.br/public-api/v3',
      description: 'AUTH: the tokens. QUOTED: the API. There is no sandbox.',
    },
  ],
  security: [{ accessToken: [] }],
  paths: {
    '/realms/tiny/protocol/openid-connect/token': {
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
    securitySchemes: { accessToken: { type: 'http', scheme: 'bearer', description: 'AUTH: "Authorization: Bearer".' } },
  },
}

/** Requests and answers that its documents show. */
export const examples: readonly DocumentedExample[] = [
  {
    operation: 'issueToken',
    name: 'a code is exchanged',
    source:
      'Autenticação of the API v3, for the request; the answer is undocumented, and that of RFC 6749; tokens and keys are placeholders',
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
        token_type: 'Bearer',
        expires_in: 14400,
        refresh_token: 'example-refresh-token',
        scope: 'openid',
      },
    },
  },
  {
    operation: 'issueToken',
    name: 'a refresh token is used',
    source:
      'Autenticação of the API v3, for the request; the answer is undocumented, and that of RFC 6749; tokens and keys are placeholders',
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
        token_type: 'Bearer',
        expires_in: 14400,
        refresh_token: 'example-refresh-token',
        scope: 'openid',
      },
    },
  },
]
