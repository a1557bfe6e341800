import type { Mistake } from './mistake.ts'

const session = 'components.securitySchemes.sessionToken.x-token-lifecycle'
const application = 'components.securitySchemes.applicationToken.x-token-lifecycle'

/** Several lifecycles in one document. In the spec of notary. */
export const chainMistakes: readonly Mistake[] = [
  {
    name: 'a parent that is written by hand in part',
    edits: [{ from: '        persist: false\n', to: '        persist: false\n        byHand: [authorize]\n' }],
    keyPath: `${session}.byHand`,
    sentence:
      '`applicationToken` needs a token of `sessionToken`, and the generator does not pass what is written by hand on to it.',
  },
  {
    name: 'parents that wait for each other',
    edits: [{ from: 'security: []', to: 'security:\n        - applicationToken: []' }],
    keyPath: session,
    sentence: '`sessionToken` needs `applicationToken` needs `sessionToken`: none of them could ever be issued.',
  },
  {
    name: 'a token that is needed to issue itself',
    edits: [{ from: 'security: []', to: 'security:\n        - sessionToken: []' }],
    keyPath: `${session}.acquire.operationId`,
    sentence: '`login` needs the token that it issues.',
  },
  {
    name: 'a list that only its own token opens',
    edits: [
      { from: '        - applicationToken: []\n        - sessionToken: []', to: '        - applicationToken: []' },
    ],
    keyPath: `${application}.list.operationId`,
    sentence:
      '`listApplicationTokens` needs a token of `applicationToken`, and `list` has none in hand. Bind another scheme under `security`.',
  },
  {
    name: 'one input with two meanings',
    edits: [{ from: 'password: *password', to: 'password: { description: Another one., secret: true }' }],
    keyPath: `${application}.inputs.password`,
    sentence: '`password` states other facts than in `sessionToken`. Write the same in both.',
  },
  {
    name: 'two names for the account',
    edits: [{ from: 'secret: false, default: app }', to: 'identity: true }' }],
    keyPath: `${session}.inputs.username`,
    sentence: 'The account is named by `clientId` already.',
  },
  {
    name: 'an account that is named by a secret',
    edits: [{ from: 'secret: true, env', to: 'secret: true, identity: true, env' }],
    keyPath: `${session}.inputs.password.secret`,
    sentence: 'An input that names the account appears in events and errors, so it cannot be secret.',
  },
  {
    name: 'a secret with a default',
    edits: [{ from: 'secret: true, env', to: 'secret: true, default: hunter2, env' }],
    keyPath: `${session}.inputs.password.default`,
    sentence: 'Whose account it is and what opens it is for the user to say: such an input has no `default`.',
  },
  {
    name: 'a default that is not a duration',
    edits: [{ from: 'default: P30D', to: 'default: 30 days' }],
    keyPath: `${application}.inputs.lifetime.default`,
    sentence:
      '`30 days` is not a duration. Write weeks, days, hours, minutes and seconds as ISO 8601 does: P30D, PT15M.',
  },
  {
    name: 'a future of something that is not a duration',
    edits: [{ from: 'future: $inputs.lifetime', to: 'future: $inputs.password' }],
    keyPath: `${application}.acquire.body.expires.future`,
    sentence: '`$inputs.password` is not a duration. Give the input `kind: duration`.',
  },
  {
    name: 'a duration that is sent as it is',
    edits: [{ from: '{ future: $inputs.lifetime, format: YYYY-MM-DD HH:mm:ss, zone: UTC }', to: '$inputs.lifetime' }],
    keyPath: `${application}.acquire.body.expires`,
    sentence: '`$inputs.lifetime` is a duration: send it as `{ future: $inputs.lifetime, format, zone }`.',
  },
  {
    name: 'a zone that is an abbreviation',
    edits: [{ from: 'zone: UTC', to: 'zone: BRT' }],
    keyPath: `${application}.acquire.body.expires.zone`,
    sentence: '`BRT` is not a zone. Say UTC, an IANA name such as America/Sao_Paulo, or where the answer says it.',
  },
  {
    name: 'two ends in one call',
    edits: [
      {
        from: 'password: $inputs.password\n            expires:',
        to: 'password: { future: $inputs.lifetime, format: YYYY-MM-DD HH:mm:ss, zone: UTC }\n            expires:',
      },
    ],
    keyPath: `${application}.acquire.body`,
    sentence:
      "The generator does not write two ends in one call. Write that part in TypeScript, in the provider's own file.",
  },
  {
    name: 'items that are not a list',
    edits: [{ from: 'items: $response.body#/_embedded/access_token', to: 'items: $response.body#/_embedded' }],
    keyPath: `${application}.list.items`,
    sentence: '`$response.body#/_embedded` is not a list in the schema of `listApplicationTokens`.',
  },
  {
    name: 'an item without such a field',
    edits: [{ from: 'id: /id', to: 'id: /ID' }],
    keyPath: `${application}.list.id`,
    sentence: 'An item of `listApplicationTokens` has no `ID` in its schema. Did you mean `id`?',
  },
  {
    name: 'an id that is sent before there is one',
    edits: [{ from: 'username: $inputs.username', to: 'username: $token.id' }],
    keyPath: `${session}.acquire.body.username`,
    sentence: '`acquire` has no `$token.id` to send.',
  },
  {
    name: 'an answer that is sent before it is there',
    edits: [{ from: 'username: $inputs.username', to: 'username: $response.body#/access_token' }],
    keyPath: `${session}.acquire.body.username`,
    sentence:
      '`$response.body#/access_token` is not there before the call. Send an input, a constant or a part of the token.',
  },
  {
    name: 'a zone that is an input',
    edits: [{ from: 'zone: $response.body#/expires/timezone', to: 'zone: $inputs.password' }],
    keyPath: `${application}.acquire.expires.zone`,
    sentence: '`$inputs.password` is not in the answer.',
  },
  {
    name: 'a secret in a path',
    edits: [{ from: 'path.id: $token.id', to: 'path.id: $token.value' }],
    keyPath: `${application}.revoke.parameters.path.id`,
    sentence: 'This puts a secret into a path, which every log on the way keeps. @chaveiro/core refuses to send it.',
  },
  {
    name: 'a lifetime of the second scheme without a source',
    edits: [{ file: 'specs/notary/SOURCES.md', from: '`applicationToken.acquire.expires`', to: 'its end' }],
    keyPath: `${application}.acquire.expires`,
    sentence: 'SOURCES.md does not say where this comes from. Add a line for `applicationToken.acquire.expires`.',
  },
  {
    name: 'an end in a list without a source',
    edits: [{ file: 'specs/notary/SOURCES.md', from: '`applicationToken.list.expires`', to: 'its end' }],
    keyPath: `${application}.list.expires`,
    sentence: 'SOURCES.md does not say where this comes from. Add a line for `applicationToken.list.expires`.',
  },
  {
    name: 'a duration that is secret',
    edits: [{ from: 'kind: duration, default: P30D', to: 'kind: duration, secret: true' }],
    keyPath: `${application}.inputs.lifetime.secret`,
    sentence: 'A duration is never a secret, and never names the account.',
  },
]
