import type { Mistake } from './mistake.ts'

const lifecycle = 'components.securitySchemes.accessToken.x-token-lifecycle'

const answerSchema = `
          content:
            application/json:
              schema:
                $ref: "#/components/schemas/TokenPair"`

/** What a lifecycle binds, sends and reads. In the spec of bitize. */
export const callMistakes: readonly Mistake[] = [
  {
    name: 'an operation that does not exist',
    edits: [{ from: 'operationId: authenticate\n          body', to: 'operationId: autenticate\n          body' }],
    keyPath: `${lifecycle}.acquire.operationId`,
    sentence: 'There is no operation `autenticate` in this document. Did you mean `authenticate`?',
  },
  {
    name: 'two operations with one id',
    edits: [{ from: 'operationId: refreshAccessToken\n      tags', to: 'operationId: authenticate\n      tags' }],
    keyPath: 'paths./auth.get.operationId',
    sentence: '`authenticate` is the operationId of POST /auth already.',
  },
  {
    name: 'an operation without an id',
    edits: [{ from: '      operationId: refreshAccessToken\n      tags', to: '      tags' }],
    keyPath: 'paths./auth.get.operationId',
    sentence: 'Operation object should contain `operationId` field.',
  },
  {
    name: 'a pointer to a field that the schema does not have',
    edits: [{ from: 'token: $response.body#/access_token # SEED', to: 'token: $response.body#/acess_token' }],
    keyPath: `${lifecycle}.acquire.token`,
    sentence: 'The answer of `authenticate` has no `acess_token` in its schema. Did you mean `access_token`?',
  },
  {
    name: 'a field renamed in the schema only',
    edits: [
      { from: '        refresh_token:\n          type: string', to: '        refreshToken:\n          type: string' },
    ],
    keyPath: `${lifecycle}.refresh.refreshToken.token`,
    sentence: 'The answer of `refreshAccessToken` has no `refresh_token` in its schema. Did you mean `refreshToken`?',
  },
  {
    name: 'an answer without a schema',
    edits: [{ from: answerSchema, to: '' }],
    keyPath: `${lifecycle}.acquire.token`,
    sentence: '`authenticate` documents no 2xx answer with a JSON schema to point into.',
  },
  {
    name: 'a required parameter that nothing is bound to',
    edits: [
      {
        from: '          parameters:\n            query.refresh_token: $token.refresh',
        to: '          parameters: {}',
      },
    ],
    keyPath: `${lifecycle}.refresh.parameters`,
    sentence: '`refreshAccessToken` requires the parameter `query.refresh_token`, and nothing is bound to it.',
  },
  {
    name: 'a parameter that the operation does not take',
    edits: [{ from: 'query.refresh_token: $token.refresh', to: 'query.refreshToken: $token.refresh' }],
    keyPath: `${lifecycle}.refresh.parameters.query.refreshToken`,
    sentence: '`refreshAccessToken` has no parameter `query.refreshToken`. Did you mean `query.refresh_token`?',
  },
  {
    name: 'a required body field that nothing is bound to',
    edits: [{ from: '            secret_key: $inputs.secretKey # SEED\n', to: '' }],
    keyPath: `${lifecycle}.acquire.body`,
    sentence: '`authenticate` requires the body field `secret_key`, and nothing is bound to it.',
  },
  {
    name: 'a body field that the operation does not take',
    edits: [{ from: '            secret_key: $inputs', to: '            secretkey: $inputs' }],
    keyPath: `${lifecycle}.acquire.body.secretkey`,
    sentence: '`authenticate` has no body field `secretkey`. Did you mean `secret_key`?',
  },
  {
    name: 'a body where none is taken',
    edits: [
      { from: 'query.refresh_token: $token.refresh', to: 'query.refresh_token: $token.refresh\n          body: {}' },
    ],
    keyPath: `${lifecycle}.refresh.body`,
    sentence: '`refreshAccessToken` takes no body.',
  },
  {
    name: 'a security requirement that nothing satisfies',
    edits: [
      { from: 'FOUND (reference/Bitize.v1.yaml, `post-auth`): no authentication of its own.', to: 'Secured.' },
      { from: '      security: []\n', to: '      security:\n        - application: []\n' },
      { from: '  securitySchemes:\n', to: '  securitySchemes:\n    application: { type: http, scheme: bearer }\n' },
      { from: '        "400":', to: '        "401": { description: undocumented }\n        "400":' },
    ],
    keyPath: `${lifecycle}.acquire.security`,
    sentence: '`authenticate` requires the security scheme `application`, and nothing is bound to it.',
  },
  {
    name: 'a guarded operation that documents no 401',
    edits: [{ from: '      security: []\n', to: '      security:\n        - accessToken: []\n' }],
    keyPath: 'paths./auth.post.responses',
    sentence:
      '`authenticate` needs a token and documents no 401. Add it; say `undocumented` in its description where it is.',
  },
  {
    name: 'an input that does not exist',
    edits: [{ from: 'secret_key: $inputs.secretKey', to: 'secret_key: $inputs.secretkey' }],
    keyPath: `${lifecycle}.acquire.body.secret_key`,
    sentence: 'There is no input `secretkey` in this lifecycle. Did you mean `secretKey`?',
  },
  {
    name: 'an input that nothing uses',
    edits: [{ from: 'secret_key: $inputs.secretKey', to: 'secret_key: constant' }],
    keyPath: `${lifecycle}.inputs.secretKey`,
    sentence: 'Nothing uses the input `secretKey`. Bind `$inputs.secretKey` somewhere, or take it away.',
  },
  {
    name: 'an input without a description',
    edits: [
      {
        from: '            description: >-\n              The Secret Key of the same integration. Bitize shows it once, when the integration is registered.\n',
        to: '',
      },
    ],
    keyPath: `${lifecycle}.inputs.secretKey`,
    sentence: '`description` is missing.',
  },
  {
    name: 'a value that looks like an expression and is none',
    edits: [{ from: 'query.refresh_token: $token.refresh', to: 'query.refresh_token: $token.refreshToken' }],
    keyPath: `${lifecycle}.refresh.parameters.query.refresh_token`,
    sentence:
      '`$token.refreshToken` is no expression. There are $inputs.name, $response.body#/pointer, $response.header.Name, $token.value, $token.id and $token.refresh.',
  },
]
