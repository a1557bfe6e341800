// Generated from specs/bling/openapi.yaml (sha256 60f1e32aa5944fd8).
// Do not edit: change the spec, then run `pnpm generate`.

import type { DocumentedExample, OpenApiDocument } from '../openapi-document.ts'

/** The auth endpoints of Bling as documented, every `$ref` resolved. */
export const document: OpenApiDocument = {
  openapi: '3.1.0',
  info: {
    title: 'Bling',
    version: '3',
    summary: 'The operations that issue and revoke Bling access tokens.',
    description:
      "Bling is an ERP. Its API takes an access token of a user who agreed to what an application does. This document describes how that token is obtained, renewed and revoked. The API's other operations are not part of it.",
  },
  servers: [
    {
      url: 'https://api.bling.com.br/Api/v3',
      'x-name': 'production',
      description: 'REF: "https://api.bling.com.br/Api/v3 - Ambiente de produção". There is no sandbox.',
    },
  ],
  security: [{ accessToken: [] }],
  paths: {
    '/oauth/token': {
      post: {
        operationId: 'issueToken',
        summary: 'Issues tokens (RFC 6749 §3.2).',
        security: [{ oauthClient: [] }],
        parameters: [{ name: 'enable-jwt', in: 'header', schema: { type: 'string' } }],
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
                    error: {
                      type: ['string', 'object'],
                      properties: {
                        type: { type: ['string', 'number', 'boolean'] },
                        message: { type: ['string', 'number', 'boolean'] },
                      },
                    },
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
                    error: {
                      type: ['string', 'object'],
                      properties: {
                        type: { type: ['string', 'number', 'boolean'] },
                        message: { type: ['string', 'number', 'boolean'] },
                      },
                    },
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
    '/oauth/revoke': {
      post: {
        operationId: 'revokeToken',
        summary: 'Revokes a token (RFC 7009 §2).',
        security: [{ oauthClient: [] }],
        parameters: [{ name: 'enable-jwt', in: 'header', schema: { type: 'string' } }],
        requestBody: {
          required: true,
          content: {
            'application/x-www-form-urlencoded': {
              schema: {
                type: 'object',
                required: ['token'],
                properties: { token: { type: 'string' }, token_type_hint: { type: 'string' } },
              },
            },
          },
        },
        responses: {
          '200': { description: 'The token is revoked, or was unknown.' },
          '400': {
            description: 'An error (RFC 6749 §5.2).',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  properties: {
                    error: {
                      type: ['string', 'object'],
                      properties: {
                        type: { type: ['string', 'number', 'boolean'] },
                        message: { type: ['string', 'number', 'boolean'] },
                      },
                    },
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
                    error: {
                      type: ['string', 'object'],
                      properties: {
                        type: { type: ['string', 'number', 'boolean'] },
                        message: { type: ['string', 'number', 'boolean'] },
                      },
                    },
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
        description: 'APP: “o tipo do token fornecido é o Bearer”. JWT: of 1,500 to 3,000 characters.',
      },
      oauthClient: { type: 'http', scheme: 'basic' },
    },
  },
}

/** Requests and answers that its documents show. */
export const examples: readonly DocumentedExample[] = [
  {
    operation: 'issueToken',
    name: 'a code is exchanged',
    source: 'Aplicativos, and Migração para autenticação JWT of 2026-03-26; tokens and keys are placeholders',
    request: {
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        authorization: 'Basic ZXhhbXBsZS1jbGllbnQtaWQ6ZXhhbXBsZS1jbGllbnQtc2VjcmV0',
        'enable-jwt': '1',
      },
      body: { grant_type: 'authorization_code', code: 'example-code' },
    },
    response: {
      status: 200,
      body: {
        access_token: 'example-access-token',
        expires_in: 21600,
        token_type: 'Bearer',
        scope: '98309 318257570 5862218180',
        refresh_token: 'example-refresh-token',
      },
    },
  },
  {
    operation: 'issueToken',
    name: 'a code that has expired',
    source:
      'Aplicativos, and Migração para autenticação JWT of 2026-03-26; tokens and keys are placeholders; the status is undocumented',
    request: {
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        authorization: 'Basic ZXhhbXBsZS1jbGllbnQtaWQ6ZXhhbXBsZS1jbGllbnQtc2VjcmV0',
        'enable-jwt': '1',
      },
      body: { grant_type: 'authorization_code', code: 'example-spent-code' },
    },
    response: {
      status: 400,
      body: {
        error: { type: 'invalid_grant', message: 'invalid_grant', description: 'The authorization code has expired' },
      },
    },
  },
  {
    operation: 'issueToken',
    name: 'a refresh token is used',
    source: 'Aplicativos, and Migração para autenticação JWT of 2026-03-26; tokens and keys are placeholders',
    request: {
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        authorization: 'Basic ZXhhbXBsZS1jbGllbnQtaWQ6ZXhhbXBsZS1jbGllbnQtc2VjcmV0',
        'enable-jwt': '1',
      },
      body: { grant_type: 'refresh_token', refresh_token: 'example-refresh-token' },
    },
    response: {
      status: 200,
      body: {
        access_token: 'example-access-token',
        expires_in: 21600,
        token_type: 'Bearer',
        scope: '98309 318257570 5862218180',
        refresh_token: 'example-refresh-token',
      },
    },
  },
]
