import type { Mistake } from './mistake.ts'

const lifecycle = 'components.securitySchemes.accessToken.x-token-lifecycle'

/** Lifetimes, words and their sources. In the spec of bitize. */
export const factMistakes: readonly Mistake[] = [
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
]
