import type { Mistake } from './mistake.ts'

const guest = 'components.securitySchemes.guestToken.x-token-lifecycle'
const application = 'components.securitySchemes.applicationToken.x-token-lifecycle'

/** When tokens end. In the spec of bureau. */
export const endMistakes: readonly Mistake[] = [
  {
    name: 'a word for an end that does not exist',
    edits: [{ from: 'expires: undocumented', to: 'expires: nevr' }],
    keyPath: `${application}.acquire.expires`,
    sentence: '`nevr` is not one of: never, undocumented. Did you mean `never`?',
  },
  {
    name: 'the end of a JWT that is a number',
    edits: [
      { from: 'at: $response.body#/ends, format: epoch-millis', to: 'at: $response.body#/ends, format: jwt-exp' },
    ],
    keyPath: `${guest}.refresh.expires.format`,
    sentence: '`jwt-exp` reads a text, and the schema says that this field is of type integer.',
  },
  {
    name: 'a count that is a list',
    edits: [{ from: 'ends: { type: integer }', to: 'ends: { type: array, items: { type: integer } }' }],
    keyPath: `${guest}.refresh.expires.format`,
    sentence: '`epoch-millis` reads a number or a text, and the schema says that this field is of type array.',
  },
  {
    name: 'a wall-clock time that says nothing of its zone',
    edits: [{ from: ', zone: undocumented }', to: ' }' }],
    keyPath: `${guest}.refresh.refreshToken.expires`,
    sentence: '`YYYY-MM-DDTHH:mm:ss` carries no zone.',
  },
  {
    name: 'a refresh token without an end',
    edits: [
      {
        from: '            expires: { at: $response.body#/renewal_ends, format: YYYY-MM-DDTHH:mm:ss, zone: undocumented }\n            idle: P2D\n',
        to: '',
      },
    ],
    keyPath: `${guest}.refresh.refreshToken`,
    sentence: 'Say when it ends: `expires`, `idle`, or both.',
  },
  {
    name: 'months',
    edits: [{ from: 'idle: P2D', to: 'idle: P6M' }],
    keyPath: `${guest}.refresh.refreshToken.idle`,
    sentence: '`P6M` is not a duration.',
  },
  {
    name: 'a length that would begin again at each use',
    edits: [
      {
        from: 'expires: { at: $response.body#/renewal_ends, format: YYYY-MM-DDTHH:mm:ss, zone: undocumented }',
        to: 'expires: { after: P90D }',
      },
    ],
    keyPath: `${guest}.refresh.refreshToken.expires`,
    sentence: 'A refresh token that may stay the same keeps its end, and `after` would begin again with `idle`.',
  },
  {
    name: 'an idle time without a source',
    edits: [{ file: 'specs/bureau/SOURCES.md', from: '`guestToken.refresh.refreshToken.idle`', to: 'its idle time' }],
    keyPath: `${guest}.refresh.refreshToken.idle`,
    sentence: 'SOURCES.md does not say where this comes from. Add a line for `guestToken.refresh.refreshToken.idle`.',
  },
  {
    name: 'a lifecycle that neither acquires nor refreshes',
    edits: [{ from: '        inputs: {}\n        refresh:\n', to: '        inputs: {}\n        revoke:\n' }],
    keyPath: guest,
    sentence: 'Say either `supplied` alone, or `inputs` with `acquire`, `refresh` or `consent`.',
    besides: ['token', 'expires', 'refreshToken'].map((word) => `${guest}.revoke.${word}: `),
  },
]
