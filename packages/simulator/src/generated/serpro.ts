// Generated from specs/serpro/openapi.yaml (sha256 7271bfcf9924ac6a).
// Do not edit: change the spec, then run `pnpm generate`.

import type { DocumentedExample, OpenApiDocument } from '../openapi-document.ts'

/** The auth endpoints of Serpro as documented, every `$ref` resolved. */
export const document: OpenApiDocument = {
  openapi: '3.1.0',
  info: {
    title: 'Serpro',
    version: '1',
    summary: "The operations that issue access tokens of Serpro's gateway and of Integra Contador.",
    description:
      "Serpro is the data company of the Brazilian government. Its APIs take an access token of a contract; Integra Contador takes a second token beside it. This document describes how they are obtained. The APIs' other operations are not part of it.",
  },
  servers: [
    {
      url: 'https://gateway.apiserpro.serpro.gov.br',
      'x-name': 'production',
      description: 'GATEWAY: the token endpoint, and the APIs.',
    },
  ],
  security: [{ gatewayToken: [] }, { contractorToken: [] }],
  paths: {
    '/token': {
      post: {
        operationId: 'issueToken',
        summary: 'Issues a token of the gateway.',
        security: [{ client: [] }],
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
                    description: 'The grant of RFC 6749 §4.4.',
                  },
                },
              },
            },
          },
        },
        responses: {
          '200': {
            description: 'A token.',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  properties: {
                    scope: { type: 'string' },
                    token_type: { type: 'string' },
                    expires_in: { type: 'integer' },
                    access_token: { type: 'string' },
                  },
                },
              },
            },
          },
          '401': { description: 'undocumented' },
        },
      },
    },
    '/authenticate': {
      post: {
        operationId: 'authenticate',
        summary: 'Issues the pair of tokens of Integra Contador.',
        security: [{ client: [], eCnpj: [] }],
        parameters: [
          { name: 'Role-Type', in: 'header', required: true, schema: { type: 'string', enum: ['TERCEIROS'] } },
        ],
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
                    description: 'The grant of RFC 6749 §4.4.',
                  },
                },
              },
            },
          },
        },
        responses: {
          '200': {
            description: 'The pair.',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  properties: {
                    expires_in: { type: 'integer' },
                    scope: { type: 'string' },
                    token_type: { type: 'string' },
                    access_token: { type: 'string' },
                    jwt_token: { type: 'string' },
                  },
                },
              },
            },
          },
          '401': { description: 'undocumented' },
          '415': { description: 'QUOTED: another media type than a form.' },
        },
      },
    },
  },
  components: {
    securitySchemes: {
      client: { type: 'http', scheme: 'basic' },
      eCnpj: { type: 'mutualTLS' },
      gatewayToken: { type: 'http', scheme: 'bearer', description: 'GATEWAY: Authorization: Bearer, and the token.' },
      contractorToken: {
        type: 'http',
        scheme: 'bearer',
        description: 'INTEGRA: Authorization: Bearer, and jwt_token beside it.',
      },
    },
  },
}

/** Requests and answers that its documents show. */
export const examples: readonly DocumentedExample[] = [
  {
    operation: 'issueToken',
    name: 'a contract logs in at the gateway',
    source:
      'Chaves de consumo, for the request; devserpro/consulta-cpf, for the answer; tokens and keys are placeholders',
    request: {
      headers: {
        authorization: 'Basic ZXhhbXBsZS1jb25zdW1lci1rZXk6ZXhhbXBsZS1jb25zdW1lci1zZWNyZXQ=',
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: { grant_type: 'client_credentials' },
    },
    response: {
      status: 200,
      body: {
        scope: 'am_application_scope default',
        token_type: 'Bearer',
        expires_in: 3295,
        access_token: 'example-access-token',
      },
    },
  },
  {
    operation: 'authenticate',
    name: 'a contractor logs in to Integra Contador',
    source: 'Guias rápidos of Integra Contador, as public copies quote it; tokens and keys are placeholders',
    request: {
      headers: {
        authorization: 'Basic ZXhhbXBsZS1jb25zdW1lci1rZXk6ZXhhbXBsZS1jb25zdW1lci1zZWNyZXQ=',
        'content-type': 'application/x-www-form-urlencoded',
        'Role-Type': 'TERCEIROS',
      },
      body: { grant_type: 'client_credentials' },
    },
    response: {
      status: 200,
      body: {
        expires_in: 2008,
        scope: 'default',
        token_type: 'Bearer',
        access_token: 'example-access-token',
        jwt_token: 'example-jwt-token',
      },
    },
  },
]
