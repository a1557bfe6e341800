import type { Mistake } from './mistake.ts'

const lifecycle = 'components.securitySchemes.accessToken.x-token-lifecycle'

const CONSUMER_KEY =
  'A Consumer Key de uma integração: um UUID, exibido em app.bitize.com.br em Configurações > Integrações.'

/** Lifetimes, words and their sources. In the spec of bitize. */
export const factMistakes: readonly Mistake[] = [
  {
    name: 'a format that does not exist',
    edits: [{ from: 'format: rfc3339', to: 'format: rfc3399' }],
    keyPath: `${lifecycle}.acquire.expires.format`,
    sentence:
      '`rfc3399` is not one of: seconds, epoch-seconds, epoch-millis, rfc3339, jwt-exp, YYYY-MM-DD HH:mm:ss, YYYY-MM-DD HH:mm:ss.ffffff, YYYY-MM-DDTHH:mm:ss, undocumented. Did you mean `rfc3339`?',
  },
  {
    name: 'a wall-clock time without a zone',
    edits: [{ from: 'format: rfc3339', to: 'format: YYYY-MM-DD HH:mm:ss' }],
    keyPath: `${lifecycle}.acquire.expires`,
    sentence:
      '`YYYY-MM-DD HH:mm:ss` carries no zone. Say which one under `zone`: UTC, an IANA name, where the answer says it, or `undocumented`.',
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
    sentence: 'Say `never`, `undocumented`, `after`, or `at` together with `format`.',
  },
  {
    name: 'a duration that cannot be read',
    edits: [{ from: 'otherwise: PT15M', to: 'otherwise: 15 minutes' }],
    keyPath: `${lifecycle}.acquire.expires.otherwise`,
    sentence:
      '`15 minutes` is not a duration. Write weeks, days, hours, minutes and seconds as ISO 8601 does: P7D, PT15M.',
  },
  {
    name: 'a word that the vocabulary does not have',
    edits: [{ from: '          repeat: unknown', to: '          repeat: unknown\n          repeats: unknown' }],
    keyPath: `${lifecycle}.acquire.repeats`,
    sentence: '`repeats` is not a word of the vocabulary here. Did you mean `repeat`?',
  },
  {
    name: 'a description in another language than Portuguese',
    edits: [
      {
        from: '            identity: true\n',
        to: '            identity: true\n            x-description-pt: A chave.\n',
      },
    ],
    keyPath: `${lifecycle}.inputs.consumerKey.x-description-pt`,
    sentence: '`x-description-pt` is not a word of the vocabulary here. Did you mean `x-description-pt-BR`?',
  },
  {
    name: 'a description in Portuguese that says nothing',
    edits: [{ from: `pt-BR: >-\n              ${CONSUMER_KEY}\n`, to: "pt-BR: ''\n" }],
    keyPath: `${lifecycle}.inputs.consumerKey.x-description-pt-BR`,
    sentence: '`` is empty. Write the sentence, or leave the word out.',
  },
  {
    name: 'a description in Portuguese where the command shows none',
    edits: [{ from: 'info:\n', to: 'info:\n  x-description-pt-BR: A Bitize.\n' }],
    keyPath: 'info.x-description-pt-BR',
    sentence:
      '`x-description-pt-BR` means nothing here. It belongs on `components.securitySchemes.*.x-token-lifecycle.inputs.*`.',
  },
  {
    name: 'a missing word',
    edits: [{ from: '          repeat: unknown\n', to: '' }],
    keyPath: `${lifecycle}.acquire`,
    sentence: '`repeat` is missing.',
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
    name: 'a refresh token that no call sends',
    edits: [
      {
        from: '        refresh:\n          operationId: refreshAccessToken\n          parameters:\n            query.refresh_token: $token.refresh',
        to: '        refresh:\n          operationId: refreshAccessToken\n          parameters:\n            query.refresh_token: constant',
      },
    ],
    keyPath: `${lifecycle}.acquire.refreshToken`,
    sentence: 'No call sends this refresh token. Bind `$token.refresh` in `refresh`, or leave it out.',
  },
  {
    name: 'a rotation of which each call says something else',
    edits: [
      {
        from: '              format: rfc3339\n            rotation: unknown\n          dead',
        to: '              format: rfc3339\n            rotation: never\n          dead',
      },
    ],
    keyPath: `${lifecycle}.refresh.refreshToken.rotation`,
    sentence:
      '`acquire` says `unknown`. What becomes of a refresh token that was sent is one fact: write the same in both.',
  },
  {
    name: 'a format that the field cannot have',
    edits: [
      {
        from: '        expiration_access_token:\n          type: string\n          format: date-time # FOUND: reference/Bitize.v1.yaml',
        to: '        expiration_access_token:\n          type: [integer, "null"]',
      },
    ],
    keyPath: `${lifecycle}.acquire.expires.format`,
    sentence: '`rfc3339` reads a text, and the schema says that this field is of type integer or null.',
    besides: [`${lifecycle}.refresh.expires.format: \`rfc3339\` reads a text`],
  },
]
