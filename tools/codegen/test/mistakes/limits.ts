import type { Mistake } from './mistake.ts'

const driver = 'components.securitySchemes.driverToken.x-token-lifecycle'
const gate = 'components.securitySchemes.gateToken.x-token-lifecycle'
const limit = 'limit: { calls: 5, per: PT1M }'
const renew = 'renew: { within: PT30M }'
const sources = 'specs/toll/SOURCES.md'
// The first of the two calls.
const uses = 'idle: P30D, rotation: unknown, uses: 3'
const grace = 'idle: P7D, rotation: always, grace: PT60S'

/** What a provider documents about how often it is called, and when. In the spec of toll. */
export const limitMistakes: readonly Mistake[] = [
  {
    name: 'a limit of none',
    edits: [{ from: limit, to: 'limit: { calls: 0, per: PT1M }' }],
    keyPath: `${driver}.limit.calls`,
    sentence: '`0` must be >= 1.',
  },
  {
    name: 'a limit without a time',
    edits: [{ from: limit, to: 'limit: { calls: 5 }' }],
    keyPath: `${driver}.limit`,
    sentence: '`per` is missing.',
  },
  {
    name: 'a limit in no time',
    edits: [{ from: limit, to: 'limit: { calls: 5, per: PT0S }' }],
    keyPath: `${driver}.limit.per`,
    sentence: '`PT0S` has no length. Write how long it takes.',
  },
  {
    name: 'a limit by another word',
    edits: [{ from: limit, to: 'limit: { calls: 5, within: PT1M }' }],
    keyPath: `${driver}.limit`,
    sentence: '`per` is missing.',
    besides: [`${driver}.limit.within: \`within\` is not a word of the vocabulary here.`],
  },
  {
    name: 'a limit that no document names',
    edits: [{ file: sources, from: '`driverToken.limit`', to: 'the rest' }],
    keyPath: `${driver}.limit`,
    sentence: 'SOURCES.md does not say where this comes from. Add a line for `driverToken.limit`.',
  },
  {
    name: 'a lock-out that is not documented',
    edits: [{ from: 'lockout: documented', to: 'lockout: undocumented' }],
    keyPath: `${driver}.lockout`,
    sentence: '`undocumented` is not one of: documented.',
  },
  {
    name: 'a lock-out that no document names',
    edits: [{ file: sources, from: '`driverToken.lockout`', to: 'the rest' }],
    keyPath: `${driver}.lockout`,
    sentence: 'SOURCES.md does not say where this comes from. Add a line for `driverToken.lockout`.',
  },
  {
    name: 'a refresh token for one use',
    edits: [{ from: uses, to: 'idle: P30D, rotation: unknown, uses: 1' }],
    keyPath: `${driver}.acquire.refreshToken.uses`,
    sentence: '`1` must be >= 2.',
  },
  {
    name: 'a refresh token with two numbers of uses',
    edits: [{ from: uses, to: 'idle: P30D, rotation: unknown, uses: 4' }],
    keyPath: `${driver}.refresh.refreshToken.uses`,
    sentence: '`acquire` says another `uses`. It is one fact: write the same in both.',
  },
  {
    name: 'uses that only one call states',
    edits: [{ from: uses, to: 'idle: P30D, rotation: unknown' }],
    keyPath: `${driver}.refresh.refreshToken.uses`,
    sentence: '`acquire` says another `uses`.',
  },
  {
    name: 'uses that no document names',
    edits: [{ file: sources, from: '`driverToken.refresh.refreshToken.uses`', to: 'the rest' }],
    keyPath: `${driver}.refresh.refreshToken.uses`,
    sentence: 'SOURCES.md does not say where this comes from. Add a line for `driverToken.refresh.refreshToken.uses`.',
  },
  {
    name: 'a grace period beside uses',
    edits: [{ from: uses, to: `${uses}, grace: PT60S` }],
    keyPath: `${driver}.acquire.refreshToken.grace`,
    sentence: 'A lost answer spends one of the `uses`, so a grace period makes no difference. Leave it out.',
    besides: [`${driver}.acquire.refreshToken.grace: SOURCES.md does not say where this comes from.`],
  },
  {
    name: 'a grace period of a refresh token that stays the same',
    edits: [
      { from: grace, to: grace.replace('always', 'never') },
      { from: grace, to: grace.replace('always', 'never') },
    ],
    keyPath: `${gate}.acquire.refreshToken.grace`,
    sentence:
      'A refresh token that stays the same is never spent, so a grace period makes no difference. Leave it out.',
    besides: [`${gate}.refresh.refreshToken.grace: A refresh token that stays the same is never spent`],
  },
  {
    name: 'a window without a length',
    edits: [{ from: renew, to: 'renew: PT30M' }],
    keyPath: `${gate}.renew`,
    sentence: '`PT30M` must be object.',
  },
  {
    name: 'a window as long as the life',
    edits: ['acquire', 'refresh'].map(() => ({
      from: 'expires: { at: $response.body#/seconds, format: seconds }\n          refreshToken: { token: $response.body#/refresh, idle: P7D',
      to: 'expires: { after: PT20M }\n          refreshToken: { token: $response.body#/refresh, idle: P7D',
    })),
    keyPath: `${gate}.renew.within`,
    sentence: 'Every token lives no longer than 30 minutes, so this narrows nothing. Leave it out.',
  },
  {
    name: 'a window before an end that is not known',
    edits: ['acquire', 'refresh'].map(() => ({
      from: 'expires: { at: $response.body#/seconds, format: seconds }\n          refreshToken: { token: $response.body#/refresh, idle: P7D',
      to: 'expires: undocumented\n          refreshToken: { token: $response.body#/refresh, idle: P7D',
    })),
    keyPath: `${gate}.renew.within`,
    sentence: 'The end of this token is not known, so nothing is renewed before it.',
  },
  {
    name: 'a window that no document names',
    edits: [{ file: sources, from: '`gateToken.renew`', to: 'the rest' }],
    keyPath: `${gate}.renew`,
    sentence: 'SOURCES.md does not say where this comes from. Add a line for `gateToken.renew`.',
  },
  {
    name: 'a member by hand that the vocabulary does not know',
    edits: [{ from: 'byHand: [acquire, authorize]', to: 'byHand: [acquire, authorise]' }],
    keyPath: `${gate}.byHand.1`,
    sentence:
      '`authorise` is not one of: acquire, refresh, revoke, list, authorize, exchange. Did you mean `authorize`?',
  },
  {
    name: 'a member by hand of which nothing is stated',
    edits: [{ from: 'byHand: [acquire, authorize]', to: 'byHand: [acquire, revoke]' }],
    keyPath: `${gate}.byHand.1`,
    sentence: 'This lifecycle has no `revoke`. Say what the documents do: its operation, and what its answer holds.',
  },
  {
    name: 'a binding of a call by hand',
    edits: [
      {
        from: 'operationId: issueGateToken\n          token',
        to: 'operationId: issueGateToken\n          body: {}\n          token',
      },
    ],
    keyPath: `${gate}.acquire.body`,
    sentence: '`acquire` is written by hand, so nothing reads this. Leave it out.',
  },
  {
    name: 'a header of the token beside an authorize by hand',
    edits: [
      {
        from: 'byHand: [acquire, authorize]',
        to: 'byHand: [acquire, authorize]\n        api: { parameters: { header.X-Id: $token.id } }',
      },
    ],
    keyPath: `${gate}.api.parameters.header.X-Id`,
    sentence: '`authorize` is written by hand, so nothing reads this. Leave it out.',
  },
  {
    name: 'a pointer of a call by hand that leads nowhere',
    edits: [
      {
        from: 'operationId: issueGateToken\n          token: $response.body#/token',
        to: 'operationId: issueGateToken\n          token: $response.body#/tokn',
      },
    ],
    keyPath: `${gate}.acquire.token`,
    sentence: 'The answer of `issueGateToken` has no `tokn` in its schema. Did you mean `token`?',
  },
  {
    name: 'a call by hand without a source',
    edits: [{ file: sources, from: '`gateToken.acquire.expires`', to: 'the rest' }],
    keyPath: `${gate}.acquire.expires`,
    sentence: 'SOURCES.md does not say where this comes from. Add a line for `gateToken.acquire.expires`.',
  },
  {
    name: 'a binding that is missing where nothing is by hand',
    edits: [{ from: 'byHand: [acquire, authorize]', to: 'byHand: [authorize]' }],
    keyPath: `${gate}.acquire`,
    sentence: '`issueGateToken` requires a body. Bind its fields under `body`; `{}` is an empty object.',
  },
  {
    name: 'a success that rejects',
    edits: [{ from: '{ status: 200, body: { /ok: false, /reason: 7 } }', to: '{ status: 2XX }' }],
    keyPath: `${driver}.rejected.3`,
    sentence: 'Every success would reject the token. Say which ones do, by `body` or `header`.',
  },
  {
    name: 'a rejecting body without a pointer',
    edits: [{ from: '/error/code: [token_expired', to: 'error: [token_expired' }],
    keyPath: `${driver}.rejected.2.body.error`,
    sentence: '`error` is not a JSON Pointer. Begin with `/`',
  },
  {
    name: 'a rejection without a status',
    edits: [{ from: '{ status: 400, header', to: '{ header' }],
    keyPath: `${driver}.rejected.1`,
    sentence: '`status` is missing.',
  },
]
