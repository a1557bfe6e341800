import type { Mistake } from './mistake.ts'

/** Mistakes outside the lifecycles, in the spec of bitize. */
export const documentMistakes: readonly Mistake[] = [
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
    name: 'an undocumented server without a sentence',
    edits: [{ from: 'tags:\n', to: 'x-undocumented-servers: { sandbox: ask }\ntags:\n' }],
    keyPath: 'x-undocumented-servers.sandbox',
    sentence: 'Say in a sentence where users find the host.',
  },
  {
    name: 'a server that is documented and is not',
    edits: [{ from: 'tags:\n', to: 'x-undocumented-servers: { test: Ask the vendor. }\ntags:\n' }],
    keyPath: 'servers.1.x-name',
    sentence: '`x-undocumented-servers` says that no document names the host of `test`.',
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
    keyPath: 'paths./auth.post.requestBody.content.application/json.schema.$ref',
    sentence:
      '`#/components/schemas/Key` leads nowhere: this document has no `components.schemas.Key`. Did you mean `Keys`?',
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
    name: 'a text that isn’t YAML',
    edits: [{ from: 'openapi: 3.1.0\n', to: 'openapi: 3.1.0\nopenapi: 3.1.1\n' }],
    keyPath: '',
    sentence: "This isn't YAML: duplicated mapping key",
  },
  {
    name: 'a host with a part that nothing says',
    edits: [
      {
        from: 'url: https://api-tst.bitize.com.br',
        to: 'url: "https://{shop}.bitize.com.br"\n    variables: { shop: { default: a } }',
      },
    ],
    keyPath: 'servers.1.url',
    sentence:
      'Nothing says what `{shop}` is, so there is no host to send to. Name each host as a server, or bind it in `variables`',
  },
  {
    name: 'servers of a path without names',
    edits: [{ from: '  /auth:\n', to: '  /auth:\n    servers: [{ url: https://auth.bitize.com.br }]\n' }],
    keyPath: 'paths./auth.servers',
    sentence: "Users choose a server once, so these have the names of the document's: production, test, io.",
  },
  {
    name: 'a word of ours that is misspelt',
    edits: [{ from: '      x-token-lifecycle:', to: '      x-token-lifecyle:' }],
    keyPath: 'components.securitySchemes.accessToken.x-token-lifecyle',
    sentence: '`x-token-lifecyle` is not a word of the vocabulary. Did you mean `x-token-lifecycle`?',
  },
  {
    name: 'a word of ours in a place where it means nothing',
    edits: [
      {
        from: '      x-retry:\n        # undocumented whether',
        to: '      x-name: main\n      x-retry:\n        # undocumented whether',
      },
    ],
    keyPath: 'paths./auth.post.x-name',
    sentence: '`x-name` means nothing here. It belongs on `servers.*` or `paths.*.servers.*`.',
  },
  {
    name: 'Swagger 2.0',
    edits: [{ from: 'openapi: 3.1.0\n', to: 'swagger: "2.0"\n' }],
    keyPath: 'swagger',
    sentence:
      'This is Swagger 2.0, and specs are OpenAPI 3.1. Convert it to 3.0, and that to 3.1: npx swagger2openapi@7 ',
  },
  {
    name: 'OpenAPI 3.0',
    edits: [{ from: 'openapi: 3.1.0\n', to: 'openapi: 3.0.3\n' }],
    keyPath: 'openapi',
    sentence: 'This is OpenAPI 3.0.3, and specs are OpenAPI 3.1. Convert it: npx openapi-format@1 ',
  },
  {
    name: 'OpenAPI 3.2',
    edits: [{ from: 'openapi: 3.1.0\n', to: 'openapi: 3.2.0\n' }],
    keyPath: 'openapi',
    sentence: 'This is OpenAPI 3.2.0, and specs are OpenAPI 3.1. Write it as 3.1',
  },
  {
    name: 'something else than OpenAPI',
    edits: [{ from: 'openapi: 3.1.0\n', to: '' }],
    keyPath: '',
    sentence: 'This is not an OpenAPI document. Begin with `openapi: 3.1.0`.',
  },
]
