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
    keyPath: `${lifecycle}.acquire.refreshToken.token`,
    sentence: 'The answer of `authenticate` has no `refresh_token` in its schema. Did you mean `refreshToken`?',
    besides: [`${lifecycle}.refresh.refreshToken.token: The answer of \`refreshAccessToken\` has no \`refresh_token\``],
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
    edits: [
      {
        from: 'it may spend the refresh token, so a call that may have been applied is not repeated.\n        replay: unprocessed',
        to: 'it.\n        replay: unprocessed',
      },
      {
        from: '      security: []\n      x-retry:\n        # A GET',
        to: '      security:\n        - accessToken: []\n      x-retry:\n        # A GET',
      },
      { from: '        "401":\n', to: '        "403":\n' },
    ],
    keyPath: 'paths./auth.get.responses',
    sentence:
      '`refreshAccessToken` needs a token and documents no 401. Add it; say `undocumented` in its description where it is.',
  },
  {
    name: 'an operation that needs the token that it issues',
    edits: [{ from: '      security: []\n', to: '      security:\n        - accessToken: []\n' }],
    keyPath: `${lifecycle}.acquire.operationId`,
    sentence: '`authenticate` needs the token that it issues.',
  },
  {
    name: 'a missing `security: []`',
    edits: [{ from: '      security: []\n', to: '' }],
    keyPath: 'paths./auth.post',
    sentence:
      "`authenticate` has no `security` of its own, so it inherits the document's and needs the `accessToken` that it issues. Write `security: []` here where it needs no token.",
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
    name: 'a value that looks like an expression but is not one',
    edits: [{ from: 'query.refresh_token: $token.refresh', to: 'query.refresh_token: $token.refreshToken' }],
    keyPath: `${lifecycle}.refresh.parameters.query.refresh_token`,
    sentence:
      '`$token.refreshToken` is not an expression. Use $inputs.name, $response.body#/pointer, $response.header.Name, $token.value, $token.id, $token.refresh, $token.meta.name or $token.secrets.name, and in a consent $code, $redirectUri, $verifier or $callback.name.',
  },
  {
    name: 'an expression inside a text',
    edits: [{ from: 'secret_key: $inputs.secretKey', to: 'secret_key: "Basic $inputs.secretKey"' }],
    keyPath: `${lifecycle}.acquire.body.secret_key`,
    sentence: '`Basic $inputs.secretKey` has a `$` inside a text, and would be sent as it is.',
  },
  {
    name: 'a place that is not in an answer',
    edits: [{ from: 'token: $response.body#/access_token # SEED', to: 'token: access_token' }],
    keyPath: `${lifecycle}.acquire.token`,
    sentence: '`access_token` is not a place in an answer. Write `$response.body#/` and the field',
  },
  {
    name: 'a parameter that does not say where it goes',
    edits: [{ from: 'query.refresh_token: $token.refresh', to: 'refresh_token: $token.refresh' }],
    keyPath: `${lifecycle}.refresh.parameters.refresh_token`,
    sentence: '`refresh_token` does not say where it goes. Write `path.`, `query.` or `header.`',
  },
  {
    name: 'a nested value',
    edits: [{ from: 'secret_key: $inputs.secretKey', to: 'secret_key: { value: $inputs.secretKey }' }],
    keyPath: `${lifecycle}.acquire.body.secret_key`,
    sentence:
      '`{"value":"$inputs.secretKey"}` is not one value. A field takes an expression or a constant; one that is nested is bound by a pointer, `/client/id: $inputs.clientId`.',
  },
  {
    name: 'a variable that is not one of the environment',
    edits: [{ from: 'env: BITIZE_SECRET_KEY', to: 'env: bitize-secret' }],
    keyPath: `${lifecycle}.inputs.secretKey.env`,
    sentence: "`bitize-secret` is not a variable's name.",
  },
  {
    name: 'an input that does not say whether it is secret',
    edits: [{ from: '            secret: true\n', to: '' }],
    keyPath: `${lifecycle}.inputs.secretKey`,
    sentence: 'Say `secret: true`, `secret: false`, or `identity: true` where it names the account.',
  },
  {
    name: 'a constant outside of the enum',
    edits: [
      {
        from: 'consumer_key: $inputs.consumerKey # SEED',
        to: 'consumer_key: $inputs.consumerKey\n            grant: pasword',
      },
      {
        from: '        secret_key:\n          type: string',
        to: '        grant: { type: string, enum: [password] }\n        secret_key:\n          type: string',
      },
    ],
    keyPath: `${lifecycle}.acquire.body.grant`,
    sentence: '`pasword` is not one of: password. Did you mean `password`?',
  },
  {
    name: 'a constant of another type',
    edits: [
      {
        from: 'consumer_key: $inputs.consumerKey # SEED',
        to: 'consumer_key: $inputs.consumerKey\n            version: "2"',
      },
      {
        from: '        secret_key:\n          type: string',
        to: '        version: { type: integer }\n        secret_key:\n          type: string',
      },
    ],
    keyPath: `${lifecycle}.acquire.body.version`,
    sentence: '`2` must be integer.',
  },
  {
    name: 'a body that is not JSON',
    edits: [
      {
        from: 'application/json:\n            schema:\n              $ref: "#/components/schemas/Keys"',
        to: 'text/xml:\n            schema:\n              $ref: "#/components/schemas/Keys"',
      },
    ],
    keyPath: 'paths./auth.post.requestBody.content.text/xml',
    sentence: 'The generator does not write a body of `text/xml`',
  },
  {
    name: 'a body of two kinds',
    edits: [
      {
        from: '          application/json:\n            schema:\n              $ref: "#/components/schemas/Keys"',
        to: '          text/xml: {}\n          application/json:\n            schema:\n              $ref: "#/components/schemas/Keys"',
      },
    ],
    keyPath: 'paths./auth.post.requestBody.content',
    sentence: '`authenticate` takes `text/xml`, `application/json`. Leave the one that token calls are to send.',
  },
  {
    name: 'an answer that is not JSON',
    edits: [{ from: answerSchema, to: answerSchema.replace('application/json', 'text/xml') }],
    keyPath: 'paths./auth.post.responses.200.content',
    sentence: '`authenticate` answers with `text/xml`, and `$response.body#/…` leads into JSON only.',
  },
]
