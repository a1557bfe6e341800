import fc from 'fast-check'

/** What stays the same throughout a history. */
export interface Setup {
  /**
   * `rotating` revokes the whole family when an old refresh token comes back (RFC 9700 §4.14.2). `accumulating` lets the
   * client choose the end of a token, lists its tokens, and keeps each until it is revoked.
   */
  readonly issuer: 'rotating' | 'reusable' | 'without-refresh' | 'accumulating'
  /** `false`: only a person can sign in. */
  readonly canAcquire: boolean
  /** `false`: one process, whose store ends with it. */
  readonly isShared: boolean
  readonly persistFailure: 'serve-and-retry' | 'fail' | 'revoke'
  readonly storeFailure: 'go-on' | 'fail'
}

export const setups: fc.Arbitrary<Setup> = fc
  .record({
    issuer: fc.constantFrom('rotating', 'rotating', 'reusable', 'without-refresh', 'accumulating'),
    canAcquire: fc.boolean(),
    isShared: fc.constantFrom(true, true, true, false),
    storeFailure: fc.constantFrom('fail', 'fail', 'go-on'),
    persistFailure: fc.constantFrom('serve-and-retry', 'serve-and-retry', 'fail', 'revoke'),
  })
  // Who can neither refresh nor acquire has nothing to go wrong.
  .map((setup) => ({ ...setup, canAcquire: setup.canAcquire || !canRefresh(setup.issuer) }))

export function canRefresh(issuer: Setup['issuer']): boolean {
  return issuer === 'rotating' || issuer === 'reusable'
}

/** Two accounts that differ in one field, under one tenant. */
export const ACCOUNTS = ['north', 'south'] as const
export type Account = (typeof ACCOUNTS)[number]

/** Every secret of a history contains it. */
export const SECRET = 's3cr3t'

/** How long an access token lives, in seconds. */
export const LIFE_SECONDS = 1_000

/** What may go wrong with a token call. */
export const ISSUER_FAULTS = [
  'refused',
  'unavailable',
  'throttled',
  'server-error',
  'offline',
  'lost-before',
  'lost-after',
  'silent',
  'malformed',
  'keeps-refresh-token',
] as const
export type IssuerFault = (typeof ISSUER_FAULTS)[number]

/** What may go wrong with an operation of the store. */
export const STORE_FAULTS = ['fails', 'answer-lost'] as const
export type StoreFault = (typeof STORE_FAULTS)[number]
