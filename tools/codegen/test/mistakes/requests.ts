import type { Mistake } from './mistake.ts'

const schemes = 'components.securitySchemes'
const trader = `${schemes}.traderToken.x-token-lifecycle`
const agent = `${schemes}.agentToken.x-token-lifecycle`
const broker = `${schemes}.brokerToken.x-token-lifecycle`

/** What requests carry, and where it goes. In the spec of customs. */
export const requestMistakes: readonly Mistake[] = [
  {
    name: 'a secret that no call keeps',
    edits: [{ from: 'header.jwt_token: $token.secrets.jwt', to: 'header.jwt_token: $token.secrets.jvt' }],
    keyPath: `${trader}.api.parameters.header.jwt_token`,
    sentence: 'No call keeps `$token.secrets.jvt`. Say under `secrets` where the answer has it. Did you mean `jwt`?',
  },
  {
    name: 'a value of meta that no call keeps, in a refresh',
    edits: [{ from: 'query.lane: $token.meta.lane }', to: 'query.lane: $token.meta.line }' }],
    keyPath: `${trader}.refresh.parameters.query.lane`,
    sentence: 'No call keeps `$token.meta.line`. Say under `meta` where the answer has it. Did you mean `lane`?',
  },
  {
    name: 'a secret of the token before there is one',
    edits: [
      {
        from: 'body: { trader: $inputs.trader, word: $inputs.word }',
        to: 'body: { trader: $inputs.trader, word: $token.secrets.jwt }',
      },
    ],
    keyPath: `${trader}.acquire.body.word`,
    sentence: '`acquire` has no `$token.secrets.jwt` to send.',
  },
  {
    name: 'a secret that is not a text',
    edits: [{ from: 'jwt_token: { type: string }', to: 'jwt_token: { type: integer }' }],
    keyPath: `${trader}.acquire.secrets.jwt`,
    sentence: 'This is read as string, and the schema says that the field is of type integer.',
    besides: [
      `${trader}.refresh.secrets.jwt: This is read as string`,
      `${broker}.acquire.secrets.jwt: This is read as string`,
      `${agent}.acquire.secrets.pass.at: This is read as string`,
    ],
  },
  {
    name: 'a required secret that is not a text',
    edits: [
      {
        from: 'pass: { at: $response.body#/jwt_token, required: true }',
        to: 'pass: { at: $response.body#/lane, required: true }',
      },
    ],
    keyPath: `${agent}.acquire.secrets.pass.at`,
    sentence: 'This is read as string, and the schema says that the field is of type integer.',
  },
  {
    name: 'a secret that is said not to be required',
    edits: [{ from: 'required: true }', to: 'required: false }' }],
    keyPath: `${agent}.acquire.secrets.pass.required`,
    sentence: '`false` is not one of: true.',
  },
  {
    name: 'a secret with a place and nothing else',
    edits: [{ from: '{ at: $response.body#/jwt_token, required: true }', to: '{ at: $response.body#/jwt_token }' }],
    keyPath: `${agent}.acquire.secrets.pass`,
    sentence: '`required` is missing.',
  },
  {
    name: 'a required secret in no place of the answer',
    edits: [{ from: 'pass: { at: $response.body#/jwt_token', to: 'pass: { at: $token.value' }],
    keyPath: `${agent}.acquire.secrets.pass.at`,
    sentence: '`$token.value` is not a place in an answer.',
  },
  {
    name: 'a secret at a field that the answer does not have',
    edits: [{ from: 'secrets: { jwt: $response.body#/jwt_token }', to: 'secrets: { jwt: $response.body#/jwt_tok }' }],
    keyPath: `${broker}.acquire.secrets.jwt`,
    sentence: 'The answer of `admitBroker` has no `jwt_tok` in its schema. Did you mean `jwt_token`?',
  },
  {
    name: 'the type of a token that is not sent as a bearer token',
    edits: [
      {
        from: 'secrets: { jwt: $response.body#/jwt_token }',
        to: 'tokenType: { at: $response.body#/jwt_token }',
      },
    ],
    keyPath: `${broker}.acquire.tokenType`,
    sentence:
      'Only answers with a bearer token are checked for its type, and this one is sent in another way. Leave `tokenType` out.',
  },
  {
    name: 'a secret that is kept under an odd name',
    edits: [{ from: 'secrets: { jwt: $response.body#/jwt_token }', to: 'secrets: { Jwt: $response.body#/jwt_token }' }],
    keyPath: `${broker}.acquire.secrets.Jwt`,
    sentence: '`Jwt` is not a name to keep something by.',
  },
  {
    name: 'a path that requests of the API carry',
    edits: [{ from: 'header.x-account: $inputs.account', to: 'path.account: $inputs.account' }],
    keyPath: `${trader}.api.parameters.path.account`,
    sentence:
      "`path.account` does not say where it goes. Write `query.` or `header.` before the name; a path is the caller's.",
  },
  {
    name: 'the header of the token beside it',
    edits: [{ from: 'header.x-account: $inputs.account', to: 'header.Authorization: $inputs.account' }],
    keyPath: `${trader}.api.parameters.header.Authorization`,
    sentence: 'The token is sent in this header.',
  },
  {
    name: 'the header of a key that is the token',
    edits: [
      {
        from: 'revoke: { operationId: dismissBroker }',
        to: 'revoke: { operationId: dismissBroker }\n        api: { parameters: { header.x-broker-token: $token.value } }',
      },
    ],
    keyPath: `${broker}.api.parameters.header.x-broker-token`,
    sentence: 'The token is sent in this header.',
  },
  {
    name: 'a second token',
    edits: [
      {
        from: 'revoke: { operationId: dismissBroker }',
        to: 'revoke: { operationId: dismissBroker }\n        api: { parameters: { header.authorization: $inputs.word } }',
      },
    ],
    keyPath: `${broker}.api.parameters.header.authorization`,
    sentence: 'This header is for a token. State it as a security scheme with a lifecycle.',
  },
  {
    name: 'a header that is the caller’s',
    edits: [{ from: 'header.X-Version: 2', to: 'header.Content-Type: text/plain' }],
    keyPath: `${trader}.api.parameters.header.Content-Type`,
    sentence: 'This header is for the caller or the platform to set.',
  },
  {
    name: 'a refresh token in a request of the API',
    edits: [{ from: 'header.X-Version: 2', to: 'header.X-Version: $token.refresh' }],
    keyPath: `${trader}.api.parameters.header.X-Version`,
    sentence: 'A refresh token is for the token endpoint alone.',
  },
  {
    name: 'a field of an answer in a request of the API',
    edits: [{ from: 'header.X-Version: 2', to: 'header.X-Version: $response.body#/lane' }],
    keyPath: `${trader}.api.parameters.header.X-Version`,
    sentence:
      '`$response.body#/lane` is not there when the API is called. Name an input, or what is kept of the token.',
  },
  {
    name: 'a text that is put together',
    edits: [{ from: 'header.X-Version: 2', to: 'header.X-Version: v$inputs.account' }],
    keyPath: `${trader}.api.parameters.header.X-Version`,
    sentence: '`v$inputs.account` has a `$` inside a text, and would be sent as it is.',
  },
  {
    name: 'an input of the API that does not exist',
    edits: [{ from: 'header.x-account: $inputs.account', to: 'header.x-account: $inputs.acount' }],
    keyPath: `${trader}.api.parameters.header.x-account`,
    sentence: 'There is no input `acount` in this lifecycle. Did you mean `account`?',
  },
  {
    name: 'a secret in the query of requests that the vendor does not demand',
    edits: [{ from: '`app-key`', to: 'app-key', file: 'specs/customs/SOURCES.md' }],
    keyPath: `${trader}.api.parameters.query.app-key`,
    sentence: 'This puts a secret into a URL.',
  },
  {
    name: 'a token in the query',
    edits: [{ from: 'query.trusted: true', to: 'query.trusted: $token.value' }],
    keyPath: `${schemes}.agentToken.x-token-lifecycle.api.parameters.query.trusted`,
    sentence: 'This puts a secret into a URL.',
  },
  {
    name: 'a scheme for which something is computed',
    edits: [{ from: 'scheme: Customs', to: 'scheme: Digest' }],
    keyPath: `${schemes}.agentToken.x-token-lifecycle`,
    sentence: 'The generator does not write a token in anything but a header here.',
  },
  {
    name: 'a token in a cookie',
    edits: [{ from: 'in: header\n      name: X-Broker-Token', to: 'in: cookie\n      name: X-Broker-Token' }],
    keyPath: broker,
    sentence: 'The generator does not write a token in anything but a header here.',
  },
]
