// Generated from specs/melhor-envio/openapi.yaml (sha256 ad6e204a79710af2).
// Do not edit: change the spec, then run `pnpm generate`.

import type { DocumentedExample, OpenApiDocument } from '../openapi-document.ts'

/** The auth endpoints of Melhor Envio as documented, every `$ref` resolved. */
export const document: OpenApiDocument = {
  openapi: '3.1.0',
  info: {
    title: 'Melhor Envio',
    version: '2',
    summary: 'The operation that issues Melhor Envio access tokens.',
    description:
      "Melhor Envio sells shipping labels of several carriers. Its API takes an access token of a user who agreed to what an application does. This document describes how that token is obtained and renewed. The API's other operations are not part of it.",
  },
  servers: [
    {
      url: 'https://melhorenvio.com.br',
      'x-name': 'production',
      description: 'FLOW: the panel, the page and the API.',
    },
    {
      url: 'https://sandbox.melhorenvio.com.br',
      'x-name': 'sandbox',
      description: 'TOKEN: of the examples. FAQ: "são ambientes distintos", each with applications of its own.',
    },
  ],
  security: [{ accessToken: [] }],
  paths: {
    '/oauth/token': {
      post: {
        operationId: 'issueToken',
        summary: 'Issues tokens (RFC 6749 §3.2).',
        security: [],
        parameters: [{ name: 'User-Agent', in: 'header', schema: { type: 'string' } }],
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
    securitySchemes: { accessToken: { type: 'http', scheme: 'bearer', description: 'TOKEN: a Bearer. FAQ: a JWT.' } },
  },
}

/** Requests and answers that its documents show. */
export const examples: readonly DocumentedExample[] = [
  {
    operation: 'issueToken',
    name: 'a code is exchanged',
    source:
      'Solicitação do token, 2026-06-18, for the fields; their names are those of RFC 6749; tokens and keys are placeholders',
    request: {
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'user-agent': 'Loja Azul (dev@loja.example)' },
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
        token_type: 'Bearer',
        expires_in: 2592000,
        access_token: 'example-access-token',
        refresh_token: 'example-refresh-token',
      },
    },
  },
  {
    operation: 'issueToken',
    name: 'a refresh token is used',
    source:
      'Solicitação do token, 2026-06-18, for the fields; their names are those of RFC 6749; tokens and keys are placeholders',
    request: {
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'user-agent': 'Loja Azul (dev@loja.example)' },
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
        token_type: 'Bearer',
        expires_in: 2592000,
        access_token: 'example-access-token',
        refresh_token: 'example-refresh-token',
      },
    },
  },
]
