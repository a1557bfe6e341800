import type { Mistake } from './mistake.ts'

const pass = 'components.securitySchemes.passToken.x-token-lifecycle'
const typed = '{ code: $code, proof: $verifier }'

/** Codes are shown and typed. In the spec of guild. */
export const shownCodeMistakes: readonly Mistake[] = [
  {
    name: 'a code that is shown beside a page',
    edits: [
      {
        from: '          shown:\n',
        to: '          request: { url: /x, clientId: $inputs.application, scopes: { scopes: $account.scopes }, pkce: unknown }\n          shown:\n',
      },
    ],
    keyPath: `${pass}.consent`,
    sentence: 'Say how the person is asked: `request`, or `shown` where codes are shown and typed.',
  },
  {
    name: 'a code that is shown without a verifier',
    edits: [{ from: '            verifier: $response.body#/proof\n', to: '' }],
    keyPath: `${pass}.consent.shown`,
    sentence: '`verifier` is missing.',
  },
  {
    name: 'a verifier that is not sent',
    edits: [{ from: typed, to: '{ code: $code, proof: none }' }],
    keyPath: `${pass}.consent.exchange.body`,
    sentence: 'The exchange sends no verifier. Bind `$verifier`.',
  },
  {
    name: 'a typed code that is not sent',
    edits: [{ from: typed, to: '{ code: none, proof: $verifier }' }],
    keyPath: `${pass}.consent.exchange.body`,
    sentence: 'The exchange sends no code. Bind `$code`.',
  },
  {
    name: 'a redirect URI of a typed code',
    edits: [
      {
        from: '                proof: { type: string }\n      responses',
        to: '                proof: { type: string }\n                uri: { type: string }\n      responses',
      },
      { from: typed, to: '{ code: $code, proof: $verifier, uri: $redirectUri }' },
    ],
    keyPath: `${pass}.consent.exchange.body`,
    sentence: 'A person who types a code back is not sent back: there is no `$redirectUri`.',
  },
  {
    name: 'a callback of a typed code',
    edits: [
      {
        from: '            expires: undocumented\n',
        to: '            expires: undocumented\n            meta: { realm: $callback.realm }\n',
      },
    ],
    keyPath: `${pass}.consent.exchange.meta.realm`,
    sentence: 'A person who types a code back is not sent back: there is no callback.',
  },
  {
    name: 'a code that is sent before there is one',
    edits: [
      {
        from: 'body: { application: $inputs.application, scope: { scopes: $account.scopes } }',
        to: 'body: { application: $inputs.application, scope: $code }',
      },
    ],
    keyPath: `${pass}.consent.shown.body.scope`,
    sentence: '`show` has no `$code` to send.',
  },
  {
    name: 'a shown code that is not in the answer',
    edits: [{ from: '$response.body#/user_code', to: '$response.body#/usercode' }],
    keyPath: `${pass}.consent.shown.userCode`,
    sentence: 'The answer of `showCode` has no `usercode` in its schema. Did you mean `user_code`?',
  },
  {
    name: 'an end of the shown code that its field cannot have',
    edits: [{ from: '$response.body#/lasts, format: seconds', to: '$response.body#/lasts, format: rfc3339' }],
    keyPath: `${pass}.consent.shown.expires.format`,
    sentence: '`rfc3339` reads a text, and the schema says that this field is of type integer.',
  },
  {
    name: 'a shown code that never ends',
    edits: [{ from: 'expires: { at: $response.body#/lasts, format: seconds, otherwise: PT5M }', to: 'expires: never' }],
    keyPath: `${pass}.consent.shown.expires`,
    sentence: '`never` is not when a code ends. Say `after`, or `at` together with `format`.',
  },
  {
    name: 'an end of the shown code without a source',
    edits: [{ file: 'specs/guild/SOURCES.md', from: '`passToken.consent.shown.expires`', to: 'the rest' }],
    keyPath: `${pass}.consent.shown.expires`,
    sentence: 'SOURCES.md does not say where this comes from. Add a line for `passToken.consent.shown.expires`.',
  },
]
