// Generated from specs/correios/openapi.yaml (sha256 639e610c03d6c220).
// Do not edit: change the spec, then run `pnpm generate`.

import type { DocumentedExample, OpenApiDocument } from '../openapi-document.ts'

/** The auth endpoints of Correios as documented, every `$ref` resolved. */
export const document: OpenApiDocument = {
  openapi: '3.1.0',
  info: {
    title: 'Correios',
    version: 'v1',
    summary: 'The operations that issue Correios access tokens.',
    description:
      "Correios is Brazil's post. Its APIs take one token, which a user of Meu Correios gets with an access code: for the user alone, for a posting card, or for a contract. This document describes how. The APIs themselves are not part of it.",
  },
  servers: [
    {
      url: 'https://api.correios.com.br',
      'x-name': 'production',
      description: 'Q: the host of every public client. GUIDE names the portal of production.',
    },
    {
      url: 'https://apihom.correios.com.br',
      'x-name': 'homologation',
      description: 'GUIDE: https://apihom.correios.com.br/token/v1/autentica/cartaopostagem. Its users are its own.',
    },
  ],
  security: [{ postingCardToken: [] }, { contractToken: [] }, { userToken: [] }],
  paths: {
    '/token/v1/autentica': {
      post: {
        operationId: 'issueUserToken',
        summary: 'Issues a token of the user alone.',
        description: 'TOKEN: with login and password. GUIDE: 201.',
        security: [{ accessCode: [] }],
        responses: {
          '201': {
            description: 'GUIDE: "Code 201 – Created".',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  description: 'GUIDE: ambiente, id, perfil, cnpj and what the token opens are beside these.',
                  properties: {
                    token: { type: 'string', description: 'GUIDE: the token.' },
                    emissao: { type: 'string', description: 'GUIDE: “20XX-03-18T10:26:51”.' },
                    expiraEm: { type: 'string', description: 'GUIDE: “20XX-03-19T10:26:51”. undocumented: its zone.' },
                  },
                },
              },
            },
          },
          '401': {
            description:
              'GUIDE: 401 where the password is missing. undocumented: what else is refused how, and any body.',
            content: { 'application/json': { schema: {} } },
          },
          default: {
            description:
              'GUIDE: 401 where the password is missing. undocumented: what else is refused how, and any body.',
            content: { 'application/json': { schema: {} } },
          },
        },
      },
    },
    '/token/v1/autentica/cartaopostagem': {
      post: {
        operationId: 'issuePostingCardToken',
        summary: 'Issues a token for a posting card.',
        description: 'TOKEN: with login, password and posting card. GUIDE: path, body and 201.',
        security: [{ accessCode: [] }],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                additionalProperties: false,
                properties: {
                  numero: { type: 'string', description: 'GUIDE: the number of the posting card.' },
                  contrato: { type: 'string', description: 'Q: the number of its contract, which may be left out.' },
                },
              },
            },
          },
        },
        responses: {
          '201': {
            description: 'GUIDE: "Code 201 – Created".',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  description: 'GUIDE: ambiente, id, perfil, cnpj and what the token opens are beside these.',
                  properties: {
                    token: { type: 'string', description: 'GUIDE: the token.' },
                    emissao: { type: 'string', description: 'GUIDE: “20XX-03-18T10:26:51”.' },
                    expiraEm: { type: 'string', description: 'GUIDE: “20XX-03-19T10:26:51”. undocumented: its zone.' },
                  },
                },
              },
            },
          },
          '401': {
            description:
              'GUIDE: 401 where the password is missing. undocumented: what else is refused how, and any body.',
            content: { 'application/json': { schema: {} } },
          },
          default: {
            description:
              'GUIDE: 401 where the password is missing. undocumented: what else is refused how, and any body.',
            content: { 'application/json': { schema: {} } },
          },
        },
      },
    },
    '/token/v1/autentica/contrato': {
      post: {
        operationId: 'issueContractToken',
        summary: 'Issues a token for a contract.',
        description: 'TOKEN: with login, password and contract. Q: path and body.',
        security: [{ accessCode: [] }],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                additionalProperties: false,
                properties: {
                  numero: {
                    type: 'string',
                    description: 'Q: the number of the contract. That it is required is Q too.',
                  },
                },
              },
            },
          },
        },
        responses: {
          '201': {
            description: 'GUIDE: "Code 201 – Created".',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  description: 'GUIDE: ambiente, id, perfil, cnpj and what the token opens are beside these.',
                  properties: {
                    token: { type: 'string', description: 'GUIDE: the token.' },
                    emissao: { type: 'string', description: 'GUIDE: “20XX-03-18T10:26:51”.' },
                    expiraEm: { type: 'string', description: 'GUIDE: “20XX-03-19T10:26:51”. undocumented: its zone.' },
                  },
                },
              },
            },
          },
          '401': {
            description:
              'GUIDE: 401 where the password is missing. undocumented: what else is refused how, and any body.',
            content: { 'application/json': { schema: {} } },
          },
          default: {
            description:
              'GUIDE: 401 where the password is missing. undocumented: what else is refused how, and any body.',
            content: { 'application/json': { schema: {} } },
          },
        },
      },
    },
  },
  components: {
    securitySchemes: {
      accessCode: {
        type: 'http',
        scheme: 'basic',
        description: 'GUIDE: “Basic Auth”, with “os dados de login e o código de acesso”.',
      },
      postingCardToken: {
        type: 'http',
        scheme: 'bearer',
        description: 'GUIDE: a JWT, treated as opaque. Most APIs want the token of a posting card.',
      },
      contractToken: { type: 'http', scheme: 'bearer', description: 'As above, for a contract.' },
      userToken: {
        type: 'http',
        scheme: 'bearer',
        description: 'As above, for the user alone: it opens what is not restricted.',
      },
    },
  },
}

/** Requests and answers that its documents show. */
export const examples: readonly DocumentedExample[] = [
  {
    operation: 'issuePostingCardToken',
    name: 'a user logs in for a posting card',
    source:
      'GUIDE, Manual de Integração, "Veja o retorno da requisição de exemplo"; user, access code, numbers and token are placeholders, and so is the year',
    request: {
      headers: {
        authorization: 'Basic ZXhhbXBsZS11c2VyOmV4YW1wbGUtYWNjZXNzLWNvZGU=',
        'content-type': 'application/json',
      },
      body: { numero: '0000000007' },
    },
    response: {
      status: 201,
      body: {
        ambiente: 'HOMOLOGACAO',
        id: 'example-user',
        perfil: 'PJ',
        cnpj: '00000000000101',
        cartaoPostagem: { numero: '0000000007', contrato: '9900000000', dr: 10, api: [93, 36, 83] },
        api: [93, 36, 54, 87],
        emissao: '2023-03-18T10:26:51',
        expiraEm: '2023-03-19T10:26:51',
        token: 'eyJhbGciOiJSUzUxMiJ9.example',
      },
    },
  },
]
