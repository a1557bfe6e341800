// Generated from specs/banco-inter/openapi.yaml (sha256 6b730f09a1267b9b).
// Do not edit: change the spec, then run `pnpm generate`.

import type { DocumentedExample, OpenApiDocument } from '../openapi-document.ts'

/** The auth endpoints of Banco Inter as documented, every `$ref` resolved. */
export const document: OpenApiDocument = {
  openapi: '3.1.0',
  info: {
    title: 'Banco Inter',
    version: '2',
    summary: 'The operation that issues Banco Inter access tokens.',
    description:
      "Banco Inter is a bank. Its API for companies takes an access token of an integration, with a client certificate. This document describes how that token is obtained. The API's other operations are not part of it.",
  },
  servers: [
    { url: 'https://cdpj.partners.bancointer.com.br', 'x-name': 'production', description: 'SDK: PRODUCTION.' },
    {
      url: 'https://cdpj-sandbox.partners.uatinter.co',
      'x-name': 'sandbox',
      description: 'SDK: SANDBOX. It has certificates and keys of its own.',
    },
  ],
  security: [{ accessToken: [] }],
  paths: {
    '/oauth/v2/token': {
      post: {
        operationId: 'issueToken',
        summary: 'Issues tokens (RFC 6749 §3.2).',
        security: [{ clientCertificate: [] }],
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
                    enum: ['client_credentials'],
                    description: 'What is exchanged for a token.',
                  },
                  scope: { type: 'string' },
                  client_id: { type: 'string' },
                  client_secret: { type: 'string' },
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
      accessToken: { type: 'http', scheme: 'bearer', description: 'SDK: "Authorization", "Bearer " and the token.' },
      clientCertificate: { type: 'mutualTLS' },
    },
  },
}

/** Requests and answers that its documents show. */
export const examples: readonly DocumentedExample[] = [
  {
    operation: 'issueToken',
    name: 'an integration logs in',
    source: 'inter-co/pj-sdk-java, GetToken and GetTokenResponse; tokens and keys are placeholders',
    request: {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: {
        client_id: 'example-client-id',
        client_secret: 'example-client-secret',
        grant_type: 'client_credentials',
        scope: 'extrato.read',
      },
    },
    response: {
      status: 200,
      body: { access_token: 'example-access-token', token_type: 'Bearer', expires_in: 3600, scope: 'extrato.read' },
    },
  },
]
