import type { Mistake } from './mistake.ts'

const member = 'components.securitySchemes.memberToken.x-token-lifecycle'
const badge = 'components.securitySchemes.badgeToken.x-token-lifecycle'
const page = 'url: https://join.guild.example/agree?lang=pt'
const body = '{ application: $inputs.application, code: $code }'

/** A person agrees. In the spec of guild. */
export const consentMistakes: readonly Mistake[] = [
  {
    name: 'a lifecycle of two principals',
    edits: [
      {
        from: '        consent:\n          request:\n            url: /badges/agree',
        to: '        acquire: { operationId: issueBadge, body: { application: $inputs.application, code: none }, token: $response.body#/badge, expires: never, repeat: unknown }\n        consent:\n          request:\n            url: /badges/agree',
      },
      {
        file: 'specs/guild/SOURCES.md',
        from: '`badgeToken.',
        to: '`badgeToken.acquire.expires`, `badgeToken.acquire.repeat`, `badgeToken.',
      },
    ],
    keyPath: `${badge}.consent`,
    sentence: 'A lifecycle with `consent` has no `acquire`',
  },
  {
    name: 'a consent without a request',
    edits: [{ from: 'request:\n            url: /badges/agree', to: 'asked:\n            url: /badges/agree' }],
    keyPath: `${badge}.consent`,
    sentence: 'Say how the person is asked: `request`, or `shown` where codes are shown and typed.',
    besides: [`${badge}.consent.asked: \`asked\` is not a word of the vocabulary here.`],
  },
  {
    name: 'a page without https',
    edits: [{ from: page, to: 'url: http://join.guild.example/agree' }],
    keyPath: `${member}.consent.request.url`,
    sentence: '`http://join.guild.example/agree` is neither an https URL nor a path that begins with `/`.',
  },
  {
    name: 'a page with a parameter of the flow',
    edits: [{ from: page, to: 'url: https://join.guild.example/agree?scope=all' }],
    keyPath: `${member}.consent.request.url`,
    sentence: '`scope` is a parameter that the flow sets itself.',
  },
  {
    name: 'a page below a server with a path',
    edits: [{ from: 'https://sandbox.guild.example', to: 'https://sandbox.guild.example/v2' }],
    keyPath: `${badge}.consent.request.url`,
    sentence: 'A server has a path, so this could be read in two ways. Write the whole URL.',
  },
  {
    name: 'a parameter of the flow',
    edits: [{ from: '{ access_type: offline }', to: '{ response_mode: query }' }],
    keyPath: `${member}.consent.request.parameters.response_mode`,
    sentence: '`response_mode` is a parameter that the flow sets itself.',
  },
  {
    name: 'an input as a parameter of the request',
    edits: [{ from: '{ access_type: offline }', to: '{ access_type: $inputs.application }' }],
    keyPath: `${member}.consent.request.parameters.access_type`,
    sentence: '`$inputs.application` is not a constant text.',
  },
  {
    name: 'a client’s id that is secret',
    edits: [
      {
        from: 'clientId: $inputs.application\n            parameters',
        to: 'clientId: $inputs.secret\n            parameters',
      },
    ],
    keyPath: `${member}.consent.request.clientId`,
    sentence: 'The client’s id is in the address that the person is sent to, so it cannot be secret.',
  },
  {
    name: 'a client’s id that is misspelt',
    edits: [
      {
        from: 'clientId: $inputs.application\n            parameters',
        to: 'clientId: $inputs.aplication\n            parameters',
      },
    ],
    keyPath: `${member}.consent.request.clientId`,
    sentence: 'There is no input `aplication` in this lifecycle. Did you mean `application`?',
  },
  {
    name: 'an issuer that is compared with nothing',
    edits: [{ from: 'inCallback: never', to: 'inCallback: always' }],
    keyPath: `${badge}.consent.request.issuer`,
    sentence: '`url` is missing.',
  },
  {
    name: 'one issuer of several servers',
    edits: [{ from: '{ inCallback: never }', to: '{ url: https://api.guild.example, inCallback: never }' }],
    keyPath: `${badge}.consent.request.issuer.url`,
    sentence: 'Each server has a page of its own, so this is the issuer of one of them.',
  },
  {
    name: 'an exchange without a body',
    edits: [{ from: `            body: ${body}\n`, to: '' }],
    keyPath: `${badge}.consent.exchange`,
    sentence: 'The exchange sends no code. Bind `$code`.',
    besides: [`${badge}.consent.exchange: \`issueBadge\` requires a body.`],
  },
  {
    name: 'an exchange that sends no code',
    edits: [{ from: body, to: '{ application: $inputs.application, code: none }' }],
    keyPath: `${badge}.consent.exchange.body`,
    sentence: 'The exchange sends no code. Bind `$code`.',
  },
  {
    name: 'a challenge without its verifier',
    edits: [{ from: '              code_verifier: $verifier\n', to: '' }],
    keyPath: `${member}.consent.exchange.body`,
    sentence: 'The request has a challenge (`pkce: required`), and the exchange sends no verifier for it.',
  },
  {
    name: 'a verifier without a challenge',
    edits: [{ from: 'pkce: required', to: 'pkce: unsupported' }],
    keyPath: `${member}.consent.exchange.body`,
    sentence: 'With `pkce: unsupported` there is no `$verifier` to send.',
  },
  {
    name: 'a code in a refresh',
    edits: [{ from: 'refresh_token: $token.refresh }', to: 'refresh_token: $token.refresh, code: $code }' }],
    keyPath: `${member}.refresh.body.code`,
    sentence: '`refresh` has no `$code` to send.',
  },
  {
    name: 'a refresh token in an exchange',
    edits: [
      { from: 'code_verifier: $verifier', to: 'code_verifier: $verifier\n              refresh_token: $token.refresh' },
    ],
    keyPath: `${member}.consent.exchange.body.refresh_token`,
    sentence: '`exchange` has no `$token.refresh` to send.',
  },
  {
    name: 'a field of the callback that is sent',
    edits: [{ from: body, to: '{ application: $callback.app, code: $code }' }],
    keyPath: `${badge}.consent.exchange.body.application`,
    sentence: '`$callback.app` is not verified: anyone may have written it.',
  },
  {
    name: 'a field of the callback that is kept by a refresh',
    edits: [{ from: 'meta: { member: $response.body#/member }', to: 'meta: { member: $callback.member }' }],
    keyPath: `${member}.refresh.meta.member`,
    sentence: '`$callback.member` is not a place in an answer.',
  },
  {
    name: 'a token of the callback',
    edits: [{ from: 'token: $response.body#/badge', to: 'token: $callback.token' }],
    keyPath: `${badge}.consent.exchange.token`,
    sentence: '`$callback.token` is not a place in an answer.',
  },
  {
    name: 'a field of a callback without its name',
    edits: [{ from: '$callback.realm-id', to: '$callback' }],
    keyPath: `${member}.consent.exchange.meta.realm`,
    sentence: '`$callback` is not a place in an answer or a callback.',
  },
  {
    name: 'scopes that an exchange asks for',
    edits: [{ from: body, to: '{ application: { scopes: $account.scopes }, code: $code }' }],
    keyPath: `${badge}.consent.exchange.body.application`,
    sentence: 'Scopes are asked for before the exchange: in `consent.request.scopes`, or in `consent.shown`.',
  },
  {
    name: 'a field that the answer does not have',
    edits: [{ from: 'token: $response.body#/badge', to: 'token: $response.body#/bagde' }],
    keyPath: `${badge}.consent.exchange.token`,
    sentence: 'The answer of `issueBadge` has no `bagde` in its schema. Did you mean `badge`?',
  },
  {
    name: 'an operation that is misspelt',
    edits: [{ from: 'operationId: issueBadge\n            body', to: 'operationId: isueBadge\n            body' }],
    keyPath: `${badge}.consent.exchange.operationId`,
    sentence: 'There is no operation `isueBadge` in this document. Did you mean `issueBadge`?',
  },
  {
    name: 'a refresh token that no call sends',
    edits: [
      {
        from: 'expires: never\n',
        to: 'expires: never\n            refreshToken: { token: $response.body#/badge, expires: never, rotation: never }\n',
      },
      {
        file: 'specs/guild/SOURCES.md',
        from: '`badgeToken.',
        to: '`badgeToken.consent.exchange.refreshToken.expires`, `badgeToken.consent.exchange.refreshToken.rotation`, `badgeToken.',
      },
    ],
    keyPath: `${badge}.consent.exchange.refreshToken`,
    sentence: 'No call sends this refresh token.',
  },
  {
    name: 'a refresh of what the exchange does not bring',
    edits: [
      {
        from: '            refreshToken: &refreshToken { token: $response.body#/refresh_token, idle: P30D, rotation: always }\n',
        to: '',
      },
      {
        from: 'refreshToken: *refreshToken',
        to: 'refreshToken: { token: $response.body#/refresh_token, idle: P30D, rotation: always }',
      },
    ],
    keyPath: `${member}.refresh.body.refresh_token`,
    sentence: '`exchange` gets no refresh token that could be sent.',
  },
  {
    name: 'two facts about one refresh token',
    edits: [
      {
        from: 'refreshToken: *refreshToken',
        to: 'refreshToken: { token: $response.body#/refresh_token, idle: P30D, rotation: never }',
      },
    ],
    keyPath: `${member}.refresh.refreshToken.rotation`,
    sentence: '`exchange` says `always`.',
  },
  {
    name: 'a code that is spent in a success',
    edits: [{ from: '{ status: 400, body: { /error: code_used } }', to: '{ status: 200 }' }],
    keyPath: `${member}.consent.exchange.dead.0.status`,
    sentence: 'An error in a success is `misconfigured`',
  },
  {
    name: 'a fact of the request without a source',
    edits: [{ file: 'specs/guild/SOURCES.md', from: '`memberToken.consent.request.pkce`', to: 'pkce' }],
    keyPath: `${member}.consent.request.pkce`,
    sentence: 'SOURCES.md does not say where this comes from. Add a line for `memberToken.consent.request.pkce`.',
  },
  {
    name: 'a fact of the exchange without a source',
    edits: [{ file: 'specs/guild/SOURCES.md', from: '`badgeToken.consent.exchange.expires`', to: 'the rest' }],
    keyPath: `${badge}.consent.exchange.expires`,
    sentence: 'SOURCES.md does not say where this comes from. Add a line for `badgeToken.consent.exchange.expires`.',
  },
  {
    name: 'a code in a path',
    edits: [
      {
        from: '  /badges:\n    post:\n',
        to: '  /badges/{code}:\n    post:\n      parameters: [{ name: code, in: path, required: true, schema: { type: string } }]\n',
      },
      {
        from: 'operationId: issueBadge\n            body',
        to: 'operationId: issueBadge\n            parameters: { path.code: $code }\n            body',
      },
    ],
    keyPath: `${badge}.consent.exchange.parameters.path.code`,
    sentence: 'This puts a secret into a path',
  },
  {
    name: 'a lifecycle by hand on OAuth 2.0',
    edits: [
      {
        from: '    badgeToken:\n      type: http\n      scheme: bearer\n',
        to: '    badgeToken:\n      type: oauth2\n      flows: { authorizationCode: { authorizationUrl: https://a.example, tokenUrl: https://a.example, scopes: {} } }\n',
      },
    ],
    keyPath: badge,
    sentence: 'A lifecycle on `type: oauth2` is `standard: oauth2`.',
  },
]
