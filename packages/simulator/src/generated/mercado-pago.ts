// Generated from specs/mercado-pago/openapi.yaml (sha256 d3dd0f32e2a5859b).
// Do not edit: change the spec, then run `pnpm generate`.

import type { DocumentedExample, OpenApiDocument } from '../openapi-document.ts'

/** The auth endpoints of Mercado Pago as documented, every `$ref` resolved. */
export const document: OpenApiDocument = {
  openapi: '3.1.0',
  info: {
    title: 'Mercado Pago',
    version: 'undocumented',
    summary: 'The operation that issues Mercado Pago access tokens.',
    description:
      "Mercado Pago takes payments. An application acts for a seller who agreed to it, with an access token of that seller. This document describes how that token is obtained and renewed. The API's other operations are not part of it, nor is a token for the application's own account, which its owner finds among the credentials.",
  },
  servers: [
    {
      url: 'https://api.mercadopago.com',
      'x-name': 'production',
      description:
        'REF: the token call and the API. Tests are made with users and credentials of tests, at the same host.',
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
            'application/json': {
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
                    public_key: { type: ['string', 'number', 'boolean'] },
                    live_mode: { type: ['string', 'number', 'boolean'] },
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
                    errorKey: { type: ['string', 'number', 'boolean'] },
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
                    errorKey: { type: ['string', 'number', 'boolean'] },
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
    securitySchemes: { accessToken: { type: 'http', scheme: 'bearer', description: 'REF: `"token_type": "bearer"`.' } },
  },
}

/** Requests and answers that its documents show. */
export const examples: readonly DocumentedExample[] = [
  {
    operation: 'issueToken',
    name: 'a code is exchanged',
    source: 'mercadopago/devsite-docs, oauth.json; tokens and keys are placeholders',
    request: {
      headers: { 'content-type': 'application/json' },
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
        expires_in: 15552000,
        scope: 'read write offline_access',
        user_id: 241983636,
        refresh_token: 'example-refresh-token',
        public_key: 'APP_USR-d0a26210-XXXXXXXX-479f0400869e',
        live_mode: true,
      },
    },
  },
  {
    operation: 'issueToken',
    name: 'a refresh token is used',
    source: 'mercadopago/devsite-docs, oauth.json; tokens and keys are placeholders',
    request: {
      headers: { 'content-type': 'application/json' },
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
        expires_in: 15552000,
        scope: 'read write offline_access',
        user_id: 241983636,
        refresh_token: 'example-refresh-token',
        public_key: 'APP_USR-d0a26210-XXXXXXXX-479f0400869e',
        live_mode: true,
      },
    },
  },
  {
    operation: 'issueToken',
    name: 'a refresh token that was used comes back',
    source: 'mercadopago/devsite-docs, oauth.json; tokens and keys are placeholders',
    request: {
      headers: { 'content-type': 'application/json' },
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
        message:
          "Error validating grant. Your authorization code or 'refresh_token' may be expired or it was already used.",
        status: 400,
        errorKey: 'expired_grant',
        cause: [],
      },
    },
  },
]
