import type { Mistake } from './mistake.ts'

const scheme = 'components.securitySchemes.shopToken'
const lifecycle = `${scheme}.x-token-lifecycle`
const flow = `${scheme}.flows.authorizationCode`
const page = 'https://www.orchard.example/api/v3/oauth/authorize'
const token = 'https://api.orchard.example/api/v3/oauth/token'
const refreshToken = '        refreshToken: { rotation: always, expires: { after: P30D } }\n'

function adds(line: string): Mistake['edits'] {
  return [{ from: '        pkce: unsupported\n', to: `        pkce: unsupported\n        ${line}\n` }]
}

/** Standard OAuth 2.0 of a person. In the spec of orchard. */
export const standardConsentMistakes: readonly Mistake[] = [
  {
    name: 'one scheme of two principals',
    edits: [
      {
        from: '        authorizationCode:\n',
        to: '        clientCredentials: { tokenUrl: /token, scopes: {} }\n        authorizationCode:\n',
      },
    ],
    keyPath: `${scheme}.flows`,
    sentence: 'A token of the application and a token of a person are two schemes',
  },
  {
    name: 'a code that is exchanged again',
    edits: adds('repeat: unknown'),
    keyPath: `${lifecycle}.repeat`,
    sentence: 'A code is exchanged once, so `repeat` means nothing here.',
  },
  {
    name: 'a flow without a page',
    edits: [{ from: `          authorizationUrl: ${page}\n`, to: '' }],
    keyPath: flow,
    sentence: '`authorizationUrl` is missing.',
  },
  {
    name: 'a page without https',
    edits: [{ from: page, to: 'http://www.orchard.example/oauth' }],
    keyPath: `${flow}.authorizationUrl`,
    sentence: '`http://www.orchard.example/oauth` is neither an https URL nor a path that begins with `/`.',
  },
  {
    name: 'a page with a parameter of the flow',
    edits: [{ from: page, to: `${page}?response_type=code` }],
    keyPath: `${flow}.authorizationUrl`,
    sentence: '`response_type` is a parameter that the flow sets itself.',
  },
  {
    name: 'a parameter of the flow',
    edits: adds('authorization: { state: x }'),
    keyPath: `${lifecycle}.authorization.state`,
    sentence: '`state` is a parameter that the flow sets itself.',
  },
  {
    name: 'a client with neither secret nor PKCE',
    edits: [{ from: 'client: basic', to: 'client: none' }],
    keyPath: `${lifecycle}.pkce`,
    sentence: 'Without a secret and without PKCE, anyone who gets hold of a code can use it',
  },
  {
    name: 'a secret that the client does not have',
    edits: [
      {
        from: 'client: basic\n',
        to: 'client: none\n        inputs: { clientSecret: { env: ORCHARD_SECRET } }\n',
      },
      { from: 'pkce: unsupported', to: 'pkce: required' },
    ],
    keyPath: `${lifecycle}.inputs.clientSecret`,
    sentence: '`client: none` sends no secret.',
  },
  {
    name: 'a refresh URL without a refresh token',
    edits: [
      { from: refreshToken, to: '' },
      { from: `tokenUrl: ${token}\n`, to: `tokenUrl: ${token}\n          refreshUrl: ${token}\n` },
    ],
    keyPath: `${flow}.refreshUrl`,
    sentence: 'Nothing would be sent there: say under `refreshToken` when it ends, and whether it is replaced.',
  },
  {
    name: 'a refresh token that does not say when it ends',
    edits: [{ from: '{ rotation: always, expires: { after: P30D } }', to: '{ rotation: always }' }],
    keyPath: `${lifecycle}.refreshToken`,
    sentence: 'Say when it ends: `expires`, `idle`, or both.',
  },
  {
    name: 'a refresh token that is elsewhere than in the standard',
    edits: [{ from: '{ rotation: always, exp', to: '{ token: $response.body#/r, rotation: always, exp' }],
    keyPath: `${lifecycle}.refreshToken.token`,
    sentence: '`token` is not a word of the vocabulary here.',
  },
  {
    name: 'an issuer that is compared with nothing',
    edits: adds('issuer: { inCallback: always }'),
    keyPath: `${lifecycle}.issuer`,
    sentence: '`url` is missing.',
  },
  {
    name: 'a token endpoint that revokes as well',
    edits: [{ from: '/oauth/revoke }', to: '/oauth/token }' }],
    keyPath: `${flow}.tokenUrl`,
    sentence: '`/api/v3/oauth/token` issues tokens and revokes them, which the standard does not know.',
  },
  {
    name: 'a revocation by the name of an operation',
    edits: [{ from: '{ url: https://api.orchard.example/api/v3/oauth/revoke }', to: '{ operationId: revoke }' }],
    keyPath: `${lifecycle}.revoke`,
    sentence: '`url` is missing.',
    besides: [`${lifecycle}.revoke.operationId: \`operationId\` is not a word of the vocabulary here.`],
  },
  {
    name: 'a query of a token endpoint',
    edits: [{ from: `tokenUrl: ${token}`, to: `tokenUrl: ${token}?a=b` }],
    keyPath: `${flow}.tokenUrl`,
    sentence: `\`${token}?a=b\` has a query, which a path cannot have.`,
  },
  {
    name: 'a fact without a source',
    edits: [{ file: 'specs/orchard/SOURCES.md', from: '`refreshToken.rotation`', to: 'the rest' }],
    keyPath: `${lifecycle}.refreshToken.rotation`,
    sentence: 'SOURCES.md does not say where this comes from. Add a line for `refreshToken.rotation`.',
  },
  {
    name: 'PKCE without a source',
    edits: [{ file: 'specs/orchard/SOURCES.md', from: '`pkce`', to: 'PKCE' }],
    keyPath: `${lifecycle}.pkce`,
    sentence: 'SOURCES.md does not say where this comes from. Add a line for `pkce`.',
  },
  {
    name: 'an issuer without a source',
    edits: adds('issuer: { inCallback: never }'),
    keyPath: `${lifecycle}.issuer`,
    sentence: 'SOURCES.md does not say where this comes from. Add a line for `issuer`.',
  },
]

const seller = 'components.securitySchemes.sellerToken'

/** Two schemes at one endpoint, and two servers. In the spec of market. */
export const sharedEndpointMistakes: readonly Mistake[] = [
  {
    name: 'one page of two servers',
    edits: [
      { from: 'authorizationUrl: /authorization', to: 'authorizationUrl: https://api.market.example/authorization' },
    ],
    keyPath: `${seller}.flows.authorizationCode.authorizationUrl`,
    sentence: 'Of several servers each has its own page. Write the path, which begins with `/`.',
  },
  {
    name: 'one token endpoint of two servers',
    edits: [
      {
        from: '{ tokenUrl: /oauth/token, scopes: {} }',
        to: '{ tokenUrl: https://auth.market.example/token, scopes: {} }',
      },
    ],
    keyPath: 'components.securitySchemes.applicationToken.flows.clientCredentials.tokenUrl',
    sentence: 'Of several servers each has its own endpoint. Write the path, which begins with `/`.',
  },
  {
    name: 'one issuer of two servers',
    edits: [{ from: '{ url: /about,', to: '{ url: https://api.market.example/about,' }],
    keyPath: `${seller}.x-token-lifecycle.issuer.url`,
    sentence: 'Each server has a page of its own, so this is the issuer of one of them.',
  },
  {
    name: 'a form and JSON at one endpoint',
    edits: [
      {
        from: '        content: json\n        inputs: { clientId',
        to: '        content: form\n        inputs: { clientId',
      },
    ],
    keyPath: `${seller}.flows.authorizationCode.tokenUrl`,
    sentence: '`/oauth/token` takes a form or JSON, not both. Write the same `content` in each scheme.',
  },
  {
    name: 'a person’s words with client credentials',
    edits: [
      { from: '        expires: { after: PT6H }\n', to: '        expires: { after: PT6H }\n        pkce: required\n' },
    ],
    keyPath: 'components.securitySchemes.applicationToken.x-token-lifecycle.pkce',
    sentence: 'Client credentials ask no person, so `pkce` means nothing here.',
  },
  {
    name: 'client credentials without repeat',
    edits: [{ from: '        repeat: unknown\n', to: '' }],
    keyPath: 'components.securitySchemes.applicationToken.x-token-lifecycle',
    sentence: '`repeat` is missing.',
  },
  {
    name: 'a callback of client credentials',
    edits: [
      {
        from: '        repeat: unknown\n',
        to: '        repeat: unknown\n        meta: { region: $callback.region }\n',
      },
    ],
    keyPath: 'components.securitySchemes.applicationToken.x-token-lifecycle.meta.region',
    sentence: 'Client credentials have no callback.',
  },
  {
    name: 'an application without a secret',
    edits: [
      {
        from: 'client: body\n        content: json\n        inputs: { clientId: *id, clientSecret: *secret }',
        to: 'client: none\n        content: json\n        inputs: { clientId: *id }',
      },
    ],
    keyPath: 'components.securitySchemes.applicationToken.x-token-lifecycle.client',
    sentence: 'Anyone could ask for such a token',
  },
  {
    name: 'a scope that does not exist',
    edits: [{ from: 'always: [offline_access]', to: 'always: [offline]' }],
    keyPath: `${seller}.x-token-lifecycle.scopes.always`,
    sentence: "`offline` is not one of the flow's `scopes`.",
  },
]
