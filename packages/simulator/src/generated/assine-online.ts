// Generated from specs/assine-online/openapi.yaml (sha256 1e2022bf5da619c5).
// Do not edit: change the spec, then run `pnpm generate`.

import type { DocumentedExample, OpenApiDocument } from '../openapi-document.ts'

/** The auth endpoints of Assine Online as documented, every `$ref` resolved. */
export const document: OpenApiDocument = {
  openapi: '3.1.0',
  info: {
    title: 'Assine Online',
    version: 'v1',
    summary: 'The operations that issue, list and revoke Assine Online tokens.',
    description:
      "Assine Online collects signatures. A login with a user's password opens a session; with a session and the password again, an account of an organisation (PJ) makes application tokens, which live as long as their maker asks for. The API's other operations are not part of this document.",
  },
  externalDocs: {
    description: 'Gerando um token de aplicação (SEED)',
    url: 'https://docs.assine.online/exemplos/gerando-um-token-de-aplicacao',
  },
  servers: [
    {
      url: 'https://api-v1.assine.online',
      'x-name': 'production',
      description: 'SEED: every cURL example and every link of the answers. FOUND (Quick start): "API de produção".',
    },
    {
      url: 'https://api-v1-hom.assine.online',
      'x-name': 'homologation',
      description:
        'FOUND (Quick start): "API de homologação"; "no desenvolvimento da sua integração é importante que use o ambiente de homologação".',
    },
    {
      url: 'https://api.assine.online',
      'x-name': 'legacy',
      description:
        'SEED: the JavaScript and PHP examples, which were not rewritten with the rest of the page. FOUND: production in older captures.',
    },
  ],
  tags: [
    { name: 'session', description: 'Login and logout of a user.' },
    { name: 'application-tokens', description: 'Tokens with a longer life, for integrations of organisations.' },
    { name: 'user', description: 'Whose token it is.' },
  ],
  security: [{ applicationToken: [] }, { sessionToken: [] }],
  paths: {
    '/oauth': {
      post: {
        operationId: 'login',
        tags: ['session'],
        summary: "Opens a session with a user's name and password.",
        description:
          'FOUND (Sessão, Quick start): method, path and body. undocumented: whether a second login ends the first session, whether an account locks after wrong passwords, a second factor, and any rate limit.',
        security: [],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                title: "A user's name and password, sent by an application",
                type: 'object',
                required: ['grant_type', 'client_id', 'client_secret', 'username', 'password'],
                properties: {
                  grant_type: { type: 'string', const: 'password' },
                  client_id: {
                    type: 'string',
                    description: 'FOUND (Sessão): "Deve ter a identificação da aplicação. (padrão: app)".',
                  },
                  client_secret: {
                    type: 'string',
                    description:
                      'FOUND (Sessão): "Deve ter o secret da aplicação (padrão: app)": no secret, as everybody has it.',
                  },
                  username: { type: 'string', description: 'FOUND (Sessão): "Identificação do usuário (e-mail)".' },
                  password: { type: 'string', format: 'password', description: 'FOUND (Sessão): "Senha do usuário".' },
                },
              },
            },
          },
        },
        responses: {
          '200': {
            description: 'FOUND (Sessão, Quick start): the session.',
            content: {
              'application/json': {
                schema: {
                  title: 'A session',
                  type: 'object',
                  properties: {
                    access_token: { type: 'string' },
                    expires_in: {
                      type: ['number', 'string'],
                      description: 'FOUND: the number 3600 (Sessão), the string "86400" (Quick start).',
                    },
                    token_type: { type: 'string', description: 'FOUND: Bearer.' },
                    scope: {
                      type: 'string',
                      description: 'FOUND: the empty string. The list of tokens shows an empty object instead.',
                    },
                    refresh_token: {
                      type: 'string',
                      description: 'FOUND (Sessão, Quick start). undocumented: any call that takes it.',
                    },
                  },
                },
              },
            },
          },
          '401': {
            description: 'FOUND (Sessão): the user name and the password do not belong together.',
            content: {
              'application/json': {
                schema: {
                  title: 'A problem',
                  description:
                    'FOUND (Sessão): the 401 of the login. SEED: the 201 of a new application token has the same four fields. undocumented: whether other operations answer their errors like this.',
                  type: 'object',
                  properties: {
                    type: { type: 'string' },
                    title: { type: 'string', description: 'FOUND (Sessão): invalid_grant.' },
                    status: { type: 'number' },
                    detail: { type: 'string' },
                  },
                },
              },
            },
          },
          default: {
            description:
              'undocumented: no other status is listed for this operation, 429 and 5xx included. Any body is possible.',
            content: { 'application/json': { schema: {} } },
          },
        },
      },
    },
    '/oauth/revoke': {
      post: {
        operationId: 'revokeToken',
        tags: ['session'],
        summary: 'Ends a session.',
        description:
          'FOUND (Sessão): "Revogar o token de acesso, você estará fazendo logout na aplicação"; no Authorization header is listed. undocumented: every answer, whether an application token can be ended this way, and what becomes of the refresh token.',
        security: [],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                title: 'The token to end',
                type: 'object',
                required: ['token'],
                properties: {
                  token: {
                    type: 'string',
                    format: 'password',
                    description: 'FOUND (Sessão): "O token de acesso gerado".',
                  },
                },
              },
            },
          },
        },
        responses: {
          '2XX': { description: 'undocumented: which status it is, and whether it has a body.' },
          '4XX': {
            description:
              'undocumented: no other status is listed for this operation, 429 and 5xx included. Any body is possible.',
            content: { 'application/json': { schema: {} } },
          },
          default: {
            description:
              'undocumented: no other status is listed for this operation, 429 and 5xx included. Any body is possible.',
            content: { 'application/json': { schema: {} } },
          },
        },
      },
    },
    '/v1/access-token': {
      post: {
        operationId: 'createApplicationToken',
        tags: ['application-tokens'],
        summary: 'Makes an application token, which is shown this once.',
        description:
          'SEED: method, path, header, body and answer; "as credenciais utilizadas para gerar este token devem ser uma conta do tipo PJ". undocumented: how a wrong password, another kind of account or a date that does not suit is answered; the longest life; whether an application token may make another.',
        security: [{ sessionToken: [] }],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                title: 'What makes an application token',
                type: 'object',
                required: ['password', 'expires'],
                properties: {
                  password: {
                    type: 'string',
                    format: 'password',
                    description: 'FOUND (Sessão): "A senha do usuário logado para confirmação".',
                  },
                  expires: {
                    type: 'string',
                    description:
                      'SEED: YYYY-MM-DD HH:mm:ss, as in "2021-01-01 23:59:00". INFERRED from the answer: in UTC. undocumented: the earliest and the latest.',
                  },
                },
              },
            },
          },
        },
        responses: {
          '201': {
            description: 'SEED: the token.',
            content: {
              'application/json': {
                schema: {
                  title: 'An application token',
                  type: 'object',
                  properties: {
                    accessToken: {
                      type: 'string',
                      description: 'SEED: "este é o único momento que ele será exibido".',
                    },
                    expires: {
                      title: 'A date as PHP prints one',
                      type: 'object',
                      properties: {
                        date: {
                          type: 'string',
                          description: 'SEED: YYYY-MM-DD HH:mm:ss.ffffff, as in 2021-01-01 23:59:00.000000.',
                        },
                        timezone_type: {
                          type: 'number',
                          description: 'SEED: 3. PHP has three: 1 is an offset, 2 an abbreviation, 3 an identifier.',
                        },
                        timezone: { type: 'string', description: 'SEED: UTC.' },
                      },
                    },
                    id: {
                      type: 'string',
                      description:
                        'SEED: "5347?q=verify&sessionIndex=…" in the example, while the list shows the same token as "5347".',
                    },
                    type: { type: 'string' },
                    title: { type: 'string' },
                    status: { type: 'number', description: 'SEED: the status of the answer, 201, again.' },
                    detail: { type: 'string' },
                  },
                },
              },
            },
          },
          '401': {
            description:
              "undocumented: how a missing, ended or revoked token is answered, and with which body. 401 is what the header's standard says (RFC 6750, section 3.1).",
            content: { 'application/json': { schema: {} } },
          },
          default: {
            description:
              'undocumented: no other status is listed for this operation, 429 and 5xx included. Any body is possible.',
            content: { 'application/json': { schema: {} } },
          },
        },
      },
      get: {
        operationId: 'listApplicationTokens',
        tags: ['application-tokens'],
        summary: 'Lists tokens without their values, those of sessions included.',
        description:
          'SEED: method, path, header and answer; "o primeiro token corresponde ao nosso próprio token de sessão". FOUND (Sessão): "Não será possível ver o token em si por questões de segurança". undocumented: whether ended tokens are listed, and what tells a session\'s token from an application\'s.',
        security: [{ sessionToken: [] }],
        parameters: [
          {
            name: 'page',
            in: 'query',
            required: false,
            description: 'INFERRED: from the links of the answer, `?page=1`.',
            schema: { type: 'integer', minimum: 1 },
          },
        ],
        responses: {
          '200': {
            description: 'SEED: a page of tokens. undocumented: the status.',
            content: {
              'application/json': {
                schema: {
                  title: 'A page of tokens',
                  type: 'object',
                  properties: {
                    _links: {
                      title: 'Links',
                      description:
                        'SEED: HAL. They leave out /v1 in the list of tokens, and in one capture of another page (FOUND) they point to localhost: never followed.',
                      type: 'object',
                      additionalProperties: { type: 'object', properties: { href: { type: 'string' } } },
                    },
                    _embedded: {
                      type: 'object',
                      properties: {
                        access_token: {
                          type: 'array',
                          items: {
                            title: 'A token without its value',
                            type: 'object',
                            properties: {
                              accessToken: { type: 'string', description: 'SEED: "***** HIDDEN *****".' },
                              expires: {
                                title: 'A date as PHP prints one',
                                type: 'object',
                                properties: {
                                  date: {
                                    type: 'string',
                                    description: 'SEED: YYYY-MM-DD HH:mm:ss.ffffff, as in 2021-01-01 23:59:00.000000.',
                                  },
                                  timezone_type: {
                                    type: 'number',
                                    description:
                                      'SEED: 3. PHP has three: 1 is an offset, 2 an abbreviation, 3 an identifier.',
                                  },
                                  timezone: { type: 'string', description: 'SEED: UTC.' },
                                },
                              },
                              id: { type: 'string', description: 'SEED: digits.' },
                              scope: {
                                type: ['object', 'string'],
                                description: 'SEED: an empty object. FOUND (Sessão): the empty string at login.',
                              },
                              _embedded: {
                                type: 'object',
                                properties: {
                                  user: {
                                    type: 'object',
                                    properties: {
                                      id: { type: 'number' },
                                      name: { type: 'string' },
                                      username: { type: 'string' },
                                      email: { type: 'string' },
                                      _links: {
                                        title: 'Links',
                                        description:
                                          'SEED: HAL. They leave out /v1 in the list of tokens, and in one capture of another page (FOUND) they point to localhost: never followed.',
                                        type: 'object',
                                        additionalProperties: {
                                          type: 'object',
                                          properties: { href: { type: 'string' } },
                                        },
                                      },
                                    },
                                  },
                                },
                              },
                              _links: {
                                title: 'Links',
                                description:
                                  'SEED: HAL. They leave out /v1 in the list of tokens, and in one capture of another page (FOUND) they point to localhost: never followed.',
                                type: 'object',
                                additionalProperties: { type: 'object', properties: { href: { type: 'string' } } },
                              },
                            },
                          },
                        },
                      },
                    },
                    page_count: { type: 'number' },
                    page_size: { type: 'number', description: 'SEED: 25.' },
                    total_items: {
                      type: 'number',
                      description: 'SEED: 3 beside two tokens in the example, so it is not relied upon.',
                    },
                    page: { type: 'number' },
                  },
                },
              },
            },
          },
          '401': {
            description:
              "undocumented: how a missing, ended or revoked token is answered, and with which body. 401 is what the header's standard says (RFC 6750, section 3.1).",
            content: { 'application/json': { schema: {} } },
          },
          default: {
            description:
              'undocumented: no other status is listed for this operation, 429 and 5xx included. Any body is possible.',
            content: { 'application/json': { schema: {} } },
          },
        },
      },
    },
    '/v1/access-token/{id}': {
      delete: {
        operationId: 'revokeApplicationToken',
        tags: ['application-tokens'],
        summary: 'Revokes a token by its id.',
        description:
          'SEED: method, path, header and status. undocumented: every other answer, that to a token which is gone included.',
        security: [{ sessionToken: [] }],
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description:
              'SEED: "pegue o id do token do qual é exibido ao fazer a listagem". FOUND (Sessão): typed number; the list shows a string of digits.',
            schema: { type: 'string' },
          },
        ],
        responses: {
          '204': {
            description: 'SEED: "Deve ser retornado status 204 da requisição simbolizando que o token foi revogado".',
          },
          '401': {
            description:
              "undocumented: how a missing, ended or revoked token is answered, and with which body. 401 is what the header's standard says (RFC 6750, section 3.1).",
            content: { 'application/json': { schema: {} } },
          },
          default: {
            description:
              'undocumented: no other status is listed for this operation, 429 and 5xx included. Any body is possible.',
            content: { 'application/json': { schema: {} } },
          },
        },
      },
    },
    '/v1/user': {
      get: {
        operationId: 'readUser',
        tags: ['user'],
        summary: 'Shows the user to whom the token belongs, and the organisation if there is one.',
        description:
          'SEED: method, path, query, header and answer; "Caso exista configurações da sua organização na chave businessUnit então esta conta está habilitada para gerar tokens de aplicação". undocumented: what an account of another kind shows in that place.',
        parameters: [
          {
            name: 'filter[0][field]',
            in: 'query',
            required: true,
            description: 'SEED',
            schema: { type: 'string', const: 'id' },
          },
          {
            name: 'filter[0][type]',
            in: 'query',
            required: true,
            description: 'SEED',
            schema: { type: 'string', const: 'eq' },
          },
          {
            name: 'filter[0][value]',
            in: 'query',
            required: true,
            description:
              'SEED: these eight characters and no id: "Não altere o $USER_ID da url, este converte internamente".',
            schema: { type: 'string', const: '$USER_ID' },
          },
        ],
        responses: {
          '200': {
            description: 'SEED: one user. undocumented: the status.',
            content: {
              'application/json': {
                schema: {
                  title: 'One user',
                  type: 'object',
                  properties: {
                    _links: {
                      title: 'Links',
                      description:
                        'SEED: HAL. They leave out /v1 in the list of tokens, and in one capture of another page (FOUND) they point to localhost: never followed.',
                      type: 'object',
                      additionalProperties: { type: 'object', properties: { href: { type: 'string' } } },
                    },
                    _embedded: {
                      type: 'object',
                      properties: {
                        user: {
                          type: 'array',
                          items: {
                            title: 'A user',
                            type: 'object',
                            properties: {
                              id: { type: 'number' },
                              username: { type: 'string' },
                              status: { type: 'string' },
                              name: { type: 'string' },
                              email: { type: 'string' },
                              cellphone: { type: 'string' },
                              document: { type: 'string' },
                              country: { type: 'string' },
                              state: { type: 'string' },
                              city: { type: 'string' },
                              address: { type: 'string' },
                              zipCode: { type: 'string' },
                              dateCreated: {
                                title: 'A date as PHP prints one',
                                type: 'object',
                                properties: {
                                  date: {
                                    type: 'string',
                                    description: 'SEED: YYYY-MM-DD HH:mm:ss.ffffff, as in 2021-01-01 23:59:00.000000.',
                                  },
                                  timezone_type: {
                                    type: 'number',
                                    description:
                                      'SEED: 3. PHP has three: 1 is an offset, 2 an abbreviation, 3 an identifier.',
                                  },
                                  timezone: { type: 'string', description: 'SEED: UTC.' },
                                },
                              },
                              dateLastUpdated: {
                                title: 'A date as PHP prints one',
                                type: 'object',
                                properties: {
                                  date: {
                                    type: 'string',
                                    description: 'SEED: YYYY-MM-DD HH:mm:ss.ffffff, as in 2021-01-01 23:59:00.000000.',
                                  },
                                  timezone_type: {
                                    type: 'number',
                                    description:
                                      'SEED: 3. PHP has three: 1 is an offset, 2 an abbreviation, 3 an identifier.',
                                  },
                                  timezone: { type: 'string', description: 'SEED: UTC.' },
                                },
                              },
                              _embedded: {
                                type: 'object',
                                properties: {
                                  businessUnit: {
                                    title: 'The organisation of a PJ account',
                                    type: ['object', 'null'],
                                    properties: {
                                      id: { type: 'number' },
                                      name: { type: 'string' },
                                      document: { type: 'string' },
                                      status: {
                                        type: ['null', 'string'],
                                        description:
                                          "SEED: null in the example. INFERRED from the user's own status: a string.",
                                      },
                                      country: { type: 'string' },
                                      state: { type: 'string' },
                                      city: { type: 'string' },
                                      address: { type: 'string' },
                                      zipCode: { type: 'string' },
                                      _links: {
                                        title: 'Links',
                                        description:
                                          'SEED: HAL. They leave out /v1 in the list of tokens, and in one capture of another page (FOUND) they point to localhost: never followed.',
                                        type: 'object',
                                        additionalProperties: {
                                          type: 'object',
                                          properties: { href: { type: 'string' } },
                                        },
                                      },
                                    },
                                  },
                                },
                              },
                              _links: {
                                title: 'Links',
                                description:
                                  'SEED: HAL. They leave out /v1 in the list of tokens, and in one capture of another page (FOUND) they point to localhost: never followed.',
                                type: 'object',
                                additionalProperties: { type: 'object', properties: { href: { type: 'string' } } },
                              },
                            },
                          },
                        },
                      },
                    },
                    page_count: { type: 'number' },
                    page_size: { type: 'number' },
                    total_items: { type: 'number' },
                    page: { type: 'number' },
                  },
                },
              },
            },
          },
          '401': {
            description:
              "undocumented: how a missing, ended or revoked token is answered, and with which body. 401 is what the header's standard says (RFC 6750, section 3.1).",
            content: { 'application/json': { schema: {} } },
          },
          default: {
            description:
              'undocumented: no other status is listed for this operation, 429 and 5xx included. Any body is possible.',
            content: { 'application/json': { schema: {} } },
          },
        },
      },
    },
  },
  components: {
    securitySchemes: {
      sessionToken: {
        type: 'http',
        scheme: 'bearer',
        description:
          'FOUND (Sessão): "A autenticação ocorre por OAuth2 com GrantType Password". In every example 40 lower-case hex digits; treated as opaque.',
      },
      applicationToken: {
        type: 'http',
        scheme: 'bearer',
        description:
          'SEED: "O token de aplicação serve para acessos a API para integração com organizações". FOUND (Sessão): one can also be made in the web interface of the account. In every example 40 lower-case hex digits; treated as opaque.',
      },
    },
  },
}

/** Requests and answers that its documents show. */
export const examples: readonly DocumentedExample[] = [
  {
    operation: 'createApplicationToken',
    name: 'a session and the password make an application token',
    source: 'docs.assine.online, Gerando um token de aplicação; the password and the tokens are placeholders',
    request: {
      headers: { authorization: 'Bearer example-session-token', 'content-type': 'application/json' },
      body: { password: 'example-password', expires: '2021-01-01 23:59:00' },
    },
    response: {
      status: 201,
      body: {
        accessToken: 'example-application-token',
        expires: { date: '2021-01-01 23:59:00.000000', timezone_type: 3, timezone: 'UTC' },
        id: '5347?q=verify&sessionIndex=a18443cb74060f334d1530c01fa21f12c92b19e5',
        type: 'http://www.w3.org/Protocols/rfc2616/rfc2616-sec10.html',
        title: 'Token created',
        status: 201,
        detail: 'Access Token data',
      },
    },
  },
  {
    operation: 'listApplicationTokens',
    name: 'tokens are listed without their values',
    source:
      'docs.assine.online, Gerando um token de aplicação; the session token and the user are placeholders, and the status is undocumented',
    request: { headers: { authorization: 'Bearer example-session-token' } },
    response: {
      status: 200,
      body: {
        _links: {
          self: { href: 'https://api-v1.assine.online/access-token?page=1' },
          first: { href: 'https://api-v1.assine.online/access-token' },
          last: { href: 'https://api-v1.assine.online/access-token?page=1' },
        },
        _embedded: {
          access_token: [
            {
              accessToken: '***** HIDDEN *****',
              expires: { date: '2020-02-21 13:29:31.000000', timezone_type: 3, timezone: 'UTC' },
              id: '5320',
              scope: {},
              _embedded: {
                user: {
                  id: 474,
                  name: 'Example User',
                  username: 'user@example.com',
                  email: 'user@example.com',
                  _links: { self: { href: 'https://api-v1.assine.online/user/474' } },
                },
              },
              _links: { self: { href: 'https://api-v1.assine.online/access-token/5320' } },
            },
            {
              accessToken: '***** HIDDEN *****',
              expires: { date: '2021-01-01 23:59:00.000000', timezone_type: 3, timezone: 'UTC' },
              id: '5347',
              scope: {},
              _embedded: {
                user: {
                  id: 474,
                  name: 'Example User',
                  username: 'user@example.com',
                  email: 'user@example.com',
                  _links: { self: { href: 'https://api-v1.assine.online/user/474' } },
                },
              },
              _links: { self: { href: 'https://api-v1.assine.online/access-token/5347' } },
            },
          ],
        },
        page_count: 1,
        page_size: 25,
        total_items: 3,
        page: 1,
      },
    },
  },
  {
    operation: 'login',
    name: 'a password opens a session, its life as a string',
    source: 'docs.assine.online, Quick start; the name, the password and the tokens are placeholders',
    request: {
      headers: { 'content-type': 'application/json' },
      body: {
        grant_type: 'password',
        client_id: 'app',
        client_secret: 'app',
        username: 'user@example.com',
        password: 'example-password',
      },
    },
    response: {
      status: 200,
      body: {
        access_token: 'example-session-token',
        expires_in: '86400',
        token_type: 'Bearer',
        scope: '',
        refresh_token: 'example-refresh-token',
      },
    },
  },
  {
    operation: 'login',
    name: 'a wrong password is a problem',
    source: 'docs.assine.online, Sessão; the request that belongs to it is undocumented',
    request: {
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: {
        grant_type: 'password',
        client_id: 'app',
        client_secret: 'app',
        username: 'user@example.com',
        password: 'example-wrong-password',
      },
    },
    response: {
      status: 401,
      body: {
        type: 'http://www.w3.org/Protocols/rfc2616/rfc2616-sec10.html',
        title: 'invalid_grant',
        status: 401,
        detail: 'Invalid username and password combination',
      },
    },
  },
  {
    operation: 'login',
    name: 'a password opens a session',
    source: 'docs.assine.online, Sessão; the name, the password and the tokens are placeholders',
    request: {
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: {
        grant_type: 'password',
        client_id: 'app',
        client_secret: 'app',
        username: 'user@example.com',
        password: 'example-password',
      },
    },
    response: {
      status: 200,
      body: {
        access_token: 'example-session-token',
        expires_in: 3600,
        token_type: 'Bearer',
        scope: '',
        refresh_token: 'example-refresh-token',
      },
    },
  },
  {
    operation: 'readUser',
    name: 'a PJ account shows its organisation',
    source:
      'docs.assine.online, Gerando um token de aplicação; the session token and the user are placeholders, and the status is undocumented',
    request: {
      headers: { authorization: 'Bearer example-session-token' },
      query: { 'filter[0][field]': 'id', 'filter[0][type]': 'eq', 'filter[0][value]': '$USER_ID' },
    },
    response: {
      status: 200,
      body: {
        _links: {
          self: {
            href: 'https://api-v1.assine.online/v1/user?filter%5B0%5D%5Bfield%5D=id&filter%5B0%5D%5Btype%5D=eq&filter%5B0%5D%5Bvalue%5D=$USER_ID&page=1',
          },
          first: {
            href: 'https://api-v1.assine.online/v1/user?filter%5B0%5D%5Bfield%5D=id&filter%5B0%5D%5Btype%5D=eq&filter%5B0%5D%5Bvalue%5D=$USER_ID',
          },
          last: {
            href: 'https://api-v1.assine.online/v1/user?filter%5B0%5D%5Bfield%5D=id&filter%5B0%5D%5Btype%5D=eq&filter%5B0%5D%5Bvalue%5D=$USER_ID&page=1',
          },
        },
        _embedded: {
          user: [
            {
              id: 474,
              username: 'user@example.com',
              status: '1',
              name: 'Example User',
              email: 'user@example.com',
              cellphone: '+5500000000000',
              document: '00000000000',
              country: 'Brazil',
              state: 'GO',
              city: 'Goiânia',
              address: 'Av 136, Ed. New York Square 19/20',
              zipCode: '74000000',
              dateCreated: { date: '2020-02-20 13:28:28.000000', timezone_type: 3, timezone: 'UTC' },
              dateLastUpdated: { date: '2020-02-20 13:29:10.000000', timezone_type: 3, timezone: 'UTC' },
              _embedded: {
                businessUnit: {
                  id: 24,
                  name: 'Example Organisation',
                  document: 'cnpj',
                  status: null,
                  country: 'Brazil',
                  state: 'GO',
                  city: 'Goiânia',
                  address: 'Av 136, Ed. New York Square 19/20',
                  zipCode: '74000000',
                  _links: { self: { href: 'https://api-v1.assine.online/v1/business-unit/24' } },
                },
              },
              _links: { self: { href: 'https://api-v1.assine.online/v1/user/474' } },
            },
          ],
        },
        page_count: 1,
        page_size: 25,
        total_items: 1,
        page: 1,
      },
    },
  },
  {
    operation: 'revokeApplicationToken',
    name: 'a token is revoked by its id',
    source:
      'docs.assine.online, Gerando um token de aplicação; the session token is a placeholder; the id, 5347, is part of the path',
    request: { headers: { authorization: 'Bearer example-session-token' } },
    response: { status: 204 },
  },
]
