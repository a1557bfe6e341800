import type { Mistake } from './mistake.ts'

const scheme = 'components.securitySchemes.gatewayToken'
const lifecycle = `${scheme}.x-token-lifecycle`
const tokenUrl = 'tokenUrl: https://api.gateway.example/v1/oauth/token'

/** Standard OAuth 2.0. In the spec of gateway. */
export const standardMistakes: readonly Mistake[] = [
  {
    name: 'a client that does not say how it authenticates',
    edits: [{ from: '        client: basic-encoded\n', to: '' }],
    keyPath: lifecycle,
    sentence: '`client` is missing.',
  },
  {
    name: 'a client that does not exist',
    edits: [{ from: 'client: basic-encoded', to: 'client: basik' }],
    keyPath: `${lifecycle}.client`,
    sentence: '`basik` is not one of: body, basic, basic-encoded, certificate, none. Did you mean `basic`?',
  },
  {
    name: 'the place of a type that the standard has a place for',
    edits: [{ from: 'tokenType: { also: [gate] }', to: 'tokenType: { at: $response.body#/type, also: [gate] }' }],
    keyPath: `${lifecycle}.tokenType.at`,
    sentence: '`at` is not a word of the vocabulary here.',
  },
  {
    name: 'a type without a name',
    edits: [{ from: 'tokenType: { also: [gate] }', to: "tokenType: { also: [''] }" }],
    keyPath: `${lifecycle}.tokenType.also.0`,
    sentence: '`` must NOT have fewer than 1 characters.',
  },
  {
    name: 'an acquire beside the standard',
    edits: [{ from: '        content: form\n', to: '        content: form\n        acquire: {}\n' }],
    keyPath: `${lifecycle}.acquire`,
    sentence: '`acquire` is not a word of the vocabulary here.',
  },
  {
    name: 'a client ID that is secret',
    edits: [{ from: 'env: GATEWAY_KEY', to: 'secret: true' }],
    keyPath: `${lifecycle}.inputs.clientId.secret`,
    sentence: '`secret` is not a word of the vocabulary here.',
  },
  {
    name: 'the standard on a bearer',
    edits: [{ from: 'type: oauth2\n', to: 'type: http\n      scheme: bearer\n' }],
    keyPath: `${scheme}.type`,
    sentence: '`standard: oauth2` is for a scheme `type: oauth2` with its `flows`.',
  },
  {
    name: 'a flow that is not written',
    edits: [{ from: '        clientCredentials:\n', to: '        password:\n' }],
    keyPath: `${scheme}.flows.password`,
    sentence: 'The generator does not write the flow `password` out.',
  },
  {
    name: 'a refresh of client credentials',
    edits: [{ from: tokenUrl, to: `${tokenUrl}\n          refreshUrl: https://api.gateway.example/v1/refresh` }],
    keyPath: `${scheme}.flows.clientCredentials.refreshUrl`,
    sentence: 'Client credentials have no refresh token (RFC 6749 §4.4.3)',
  },
  {
    name: 'a token endpoint without https',
    edits: [{ from: tokenUrl, to: 'tokenUrl: http://api.gateway.example/v1/oauth/token' }],
    keyPath: `${scheme}.flows.clientCredentials.tokenUrl`,
    sentence: '`http://api.gateway.example/v1/oauth/token` is neither an https URL nor a path',
  },
  {
    name: 'a path below a server with a path',
    edits: [{ from: tokenUrl, to: 'tokenUrl: /oauth/token' }],
    keyPath: `${scheme}.flows.clientCredentials.tokenUrl`,
    sentence: 'A server has a path, so this could be read in two ways. Write the whole URL.',
  },
  {
    name: 'a scope that does not exist',
    edits: [{ from: 'always: [offline]', to: 'always: [ofline]' }],
    keyPath: `${lifecycle}.scopes.always`,
    sentence: "`ofline` is not one of the flow's `scopes`. Did you mean `offline`?",
  },
  {
    name: 'a fact without a source',
    edits: [{ file: 'specs/gateway/SOURCES.md', from: '`repeat`', to: 'the rest' }],
    keyPath: `${lifecycle}.repeat`,
    sentence: 'SOURCES.md does not say where this comes from. Add a line for `repeat`.',
  },
  {
    name: 'an input that nothing uses',
    edits: [{ from: '        parameters: { header.X-Contract: $inputs.contract }\n', to: '' }],
    keyPath: `${lifecycle}.inputs.contract`,
    sentence: 'Nothing uses the input `contract`.',
  },
  {
    name: 'a mistake within what was written out',
    edits: [{ from: 'header.X-Contract: $inputs.contract', to: 'header.X-Contract: $inputs.contrct' }],
    keyPath: `${lifecycle}.parameters.header.X-Contract`,
    sentence: 'There is no input `contrct` in this lifecycle. Did you mean `contract`?',
  },
  {
    name: 'a name that the standard takes',
    edits: [
      { from: '  securitySchemes:\n', to: '  securitySchemes:\n    oauthClient: { type: http, scheme: basic }\n' },
    ],
    keyPath: 'components.securitySchemes.oauthClient',
    sentence: '`standard` writes this scheme itself. Give yours another name.',
  },
  {
    name: 'a path that the standard writes',
    edits: [
      {
        from: 'components:\n',
        to: 'paths: { /oauth/token: { get: { operationId: look, responses: {} } } }\ncomponents:\n',
      },
    ],
    keyPath: `${scheme}.flows.clientCredentials.tokenUrl`,
    sentence: 'The document has `/oauth/token` already. Remove it: `standard` writes it.',
  },
]
