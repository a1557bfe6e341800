import { describe, expect, test } from 'vitest'
import { generateAll, SpecError } from '../src/index.ts'
import { temporaryRepository } from './temporary-repository.ts'

const spec = 'specs/bitize/openapi.yaml'
const lifecycle = 'components.securitySchemes.accessToken.x-token-lifecycle'

const answerSchema = `
          content:
            application/json:
              schema:
                $ref: "#/components/schemas/TokenPair"`

interface Mistake {
  readonly name: string
  /** What is replaced by what, in the spec unless a file is named. */
  readonly edits: readonly { readonly from: string; readonly to: string; readonly file?: string }[]
  readonly keyPath: string
  readonly sentence: string
}

const mistakes: readonly Mistake[] = [
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
  {
    name: 'a format that does not exist',
    edits: [{ from: 'format: rfc3339', to: 'format: rfc3399' }],
    keyPath: `${lifecycle}.acquire.expires.format`,
    sentence:
      '`rfc3399` is not one of: seconds, rfc3339, YYYY-MM-DD HH:mm:ss, YYYY-MM-DD HH:mm:ss.ffffff, undocumented. Did you mean `rfc3339`?',
  },
  {
    name: 'a wall-clock time without a zone',
    edits: [{ from: 'format: rfc3339', to: 'format: YYYY-MM-DD HH:mm:ss' }],
    keyPath: `${lifecycle}.acquire.expires`,
    sentence:
      '`YYYY-MM-DD HH:mm:ss` carries no zone. Say which one under `zone`: UTC, an IANA name, or where the answer says it.',
  },
  {
    name: 'a zone for an instant',
    edits: [{ from: 'format: rfc3339', to: 'format: rfc3339\n            zone: UTC' }],
    keyPath: `${lifecycle}.acquire.expires.zone`,
    sentence: '`rfc3339` is an instant already: `zone` would be ignored.',
  },
  {
    name: 'both a length and a date',
    edits: [{ from: 'format: rfc3339', to: 'format: rfc3339\n            after: P1D' }],
    keyPath: `${lifecycle}.acquire.expires`,
    sentence: 'Say either `after`, or `at` together with `format`.',
  },
  {
    name: 'a duration that cannot be read',
    edits: [{ from: 'otherwise: PT15M', to: 'otherwise: 15 minutes' }],
    keyPath: `${lifecycle}.acquire.expires.otherwise`,
    sentence:
      '`15 minutes` cannot be read here. Expected: An ISO 8601 duration of weeks, days, hours, minutes and seconds: P7D, PT15M.',
  },
  {
    name: 'a word that the vocabulary does not have',
    edits: [{ from: '          repeat: unknown', to: '          repeat: unknown\n          repeats: unknown' }],
    keyPath: `${lifecycle}.acquire.repeats`,
    sentence: '`repeats` is not a word of the vocabulary here. Did you mean `repeat`?',
  },
  {
    name: 'a missing word',
    edits: [{ from: '          repeat: unknown\n', to: '' }],
    keyPath: `${lifecycle}.acquire`,
    sentence: '`repeat` is missing.',
  },
  {
    name: 'a replay class that does not exist',
    edits: [{ from: 'replay: unprocessed', to: 'replay: sometimes' }],
    keyPath: 'paths./auth.post.x-retry.replay',
    sentence: '`sometimes` is not one of: always, unprocessed, never.',
  },
  {
    name: 'a server that is not https',
    edits: [{ from: 'url: https://api-tst.bitize.com.br', to: 'url: http://api-tst.bitize.com.br' }],
    keyPath: 'servers.1.url',
    sentence: '`http://api-tst.bitize.com.br` is not https: token calls carry secrets.',
  },
  {
    name: 'a server without a name',
    edits: [{ from: '    x-name: test\n', to: '' }],
    keyPath: 'servers.1',
    sentence: 'This server needs an `x-name` (lower case): users choose a server by name.',
  },
  {
    name: 'two servers with one name',
    edits: [{ from: 'x-name: test', to: 'x-name: production' }],
    keyPath: 'servers.1.x-name',
    sentence: 'Another server is named `production` already.',
  },
  {
    name: 'a secret in a query that no document demands',
    edits: [{ file: 'specs/bitize/SOURCES.md', from: '\n## Secrets in a query\n', to: '\n## Queries\n' }],
    keyPath: `${lifecycle}.refresh.parameters.query.refresh_token`,
    sentence:
      'This puts a secret into a URL. Only a vendor\'s demand allows that: quote it in SOURCES.md under "## Secrets in a query", naming `refresh_token`.',
  },
  {
    name: 'a lifetime without a source',
    edits: [{ file: 'specs/bitize/SOURCES.md', from: '`acquire.expires`,', to: '' }],
    keyPath: `${lifecycle}.acquire.expires`,
    sentence: 'SOURCES.md does not say where this comes from. Add a line for `acquire.expires`.',
  },
  {
    name: 'a rotation without a source',
    edits: [{ file: 'specs/bitize/SOURCES.md', from: '`acquire.refreshToken.rotation`', to: 'rotation' }],
    keyPath: `${lifecycle}.acquire.refreshToken.rotation`,
    sentence: 'SOURCES.md does not say where this comes from. Add a line for `acquire.refreshToken.rotation`.',
  },
  {
    name: 'a schema that contains itself',
    edits: [
      {
        from: '        access_token:\n',
        to: '        next: { $ref: "#/components/schemas/TokenPair" }\n        access_token:\n',
      },
    ],
    keyPath: 'paths./auth.post',
    sentence:
      '#/components/schemas/TokenPair contains itself. Write the part that repeats as an object without properties.',
  },
  {
    name: 'a reference to nothing',
    edits: [{ from: '"#/components/schemas/Keys"', to: '"#/components/schemas/Key"' }],
    keyPath: 'paths./auth.post.requestBody.content.application/json.schema',
    sentence: "Can't resolve $ref",
  },
  {
    name: 'an example that does not fit its schema',
    edits: [
      {
        file: 'specs/bitize/examples/authenticate.json',
        from: '"secret_key": "example-secret-key"',
        to: '"secret": "x"',
      },
    ],
    keyPath: 'request.body',
    sentence: '`secret_key` is missing.',
  },
  {
    name: 'an example of an operation that does not exist',
    edits: [{ file: 'specs/bitize/examples/authenticate.json', from: '"authenticate"', to: '"authentication"' }],
    keyPath: 'operation',
    sentence: 'There is no operation `authentication` in the spec. Did you mean `authenticate`?',
  },
  {
    name: 'an example with a status that is not listed',
    edits: [{ file: 'specs/bitize/examples/authenticate.json', from: '"status": 200', to: '"status": 201' }],
    keyPath: 'response.status',
    sentence: '`authenticate` lists no answer with status 201.',
  },
  {
    name: 'a word that the generator does not write yet',
    edits: [{ from: '            secret: true\n', to: '            secret: true\n            default: none\n' }],
    keyPath: `${lifecycle}.inputs.secretKey.default`,
    sentence: "The generator does not write `default` yet. Write that part in TypeScript, in the provider's own file.",
  },
  {
    name: 'a text that is no YAML',
    edits: [{ from: 'openapi: 3.1.0\n', to: 'openapi: 3.1.0\nopenapi: 3.1.1\n' }],
    keyPath: '',
    sentence: 'This is no YAML: duplicated mapping key',
  },
]

describe('a spec is refused for', () => {
  test.each(mistakes)('$name', async ({ edits, keyPath, sentence }) => {
    const specs = await temporaryRepository()
    for (const { from, to, file = spec } of edits) await specs.edit(file, from, to)

    const error: unknown = await generateAll({ root: specs.root }).catch((reason: unknown) => reason)

    if (!(error instanceof SpecError)) throw new Error('the mistake was not found', { cause: error })
    const found = error.problems.map((problem) => `${problem.keyPath}: ${problem.sentence}`)
    expect(found).toContainEqual(expect.stringContaining(`${keyPath}: ${sentence}`))
    expect(error.message).not.toContain(specs.root)
  })
})

test('a problem is printed with its line, its keys and the lines around it', async () => {
  const specs = await temporaryRepository()
  await specs.edit(spec, 'otherwise: PT15M', 'otherwise: PT15')
  const line = (await specs.read(spec)).split('\n').findIndex((text) => text.includes('otherwise: PT15')) + 1

  const error: unknown = await generateAll({ root: specs.root }).catch((reason: unknown) => reason)

  const message = error instanceof SpecError ? error.message : ''
  expect(message).toContain(`${spec}:${line}:13 ${lifecycle}.acquire.expires.otherwise`)
  expect(message).toContain('otherwise: PT15\n')
})
