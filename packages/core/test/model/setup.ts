import type { AccountRef } from '@chaveiro/core'
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
  readonly resendUnknown: 'once' | 'never'
  /** How many accounts a process keeps in memory: with fewer than it uses, accounts are evicted all the time. */
  readonly maxAccounts: number
}

export const setups: fc.Arbitrary<Setup> = fc
  .record({
    issuer: fc.constantFrom('rotating', 'rotating', 'rotating', 'reusable', 'without-refresh', 'accumulating'),
    canAcquire: fc.boolean(),
    isShared: fc.constantFrom(true, true, false),
    storeFailure: fc.constantFrom('fail', 'fail', 'go-on'),
    persistFailure: fc.constantFrom('serve-and-retry', 'serve-and-retry', 'fail', 'revoke'),
    resendUnknown: fc.constantFrom('once', 'once', 'never'),
    maxAccounts: fc.constantFrom(1, 100, 100),
  })
  // A setup that can neither refresh nor acquire has nothing to test.
  .map((setup) => ({ ...setup, canAcquire: setup.canAcquire || !canRefresh(setup.issuer) }))

export function canRefresh(issuer: Setup['issuer']): boolean {
  return issuer === 'rotating' || issuer === 'reusable'
}

/** Two accounts that differ in one field, under one tenant. */
export const ACCOUNTS = ['north', 'south'] as const
/** Other tenants: they share only the token endpoint and the memory with the two. */
export const NEIGHBOURS = Array.from({ length: 20 }, (_, index) => `neighbour-${index + 1}` as const)

export type Seller = (typeof ACCOUNTS)[number]
export type Account = Seller | (typeof NEIGHBOURS)[number]

export function refOf(account: Account): AccountRef {
  return isSeller(account) ? { tenant: 'seller', account } : { tenant: account }
}

/** The account that an event or an error is about. */
export function accountOf({ tenant, account }: AccountRef): Account {
  const name = [...ACCOUNTS, ...NEIGHBOURS].find((known) => known === (account ?? tenant))
  if (name === undefined) throw new Error(`There is no account ${account ?? tenant}.`)
  return name
}

export function isSeller(account: Account): account is Seller {
  return ACCOUNTS.some((seller) => seller === account)
}

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
  // A success that can't be read: of a server in between, or of the issuer itself.
  'malformed',
  'unreadable',
  // A success whose refresh token can be read, and nothing else.
  'no-access-token',
  'ended-token',
  // Answers of a server in between, which say nothing about keys.
  'firewall',
  'empty',
  'gateway',
  // A redirect, to another server or on the same one.
  'moved-away',
  'moved',
  'keeps-refresh-token',
] as const
export type IssuerFault = (typeof ISSUER_FAULTS)[number]

/** What the token calls of a neighbour may meet, every time. */
export const ILLNESSES = ['unavailable', 'offline', 'lost-before', 'firewall'] as const satisfies IssuerFault[]
export type Illness = (typeof ILLNESSES)[number]

/** What the API may do with a request whose token is good. */
export const API_FAULTS = [
  'lost',
  'offline',
  'throttled',
  'too-early',
  'moved-permanently',
  'found',
  'see-other',
  'temporary-redirect',
  'found-elsewhere',
  'temporary-redirect-elsewhere',
] as const
export type ApiFault = (typeof API_FAULTS)[number]

/** What may go wrong with an operation of the store. */
export const STORE_FAULTS = ['fails', 'answer-lost', 'silent'] as const
export type StoreFault = (typeof STORE_FAULTS)[number]

/** How a store is away that answers nothing for a while: it refuses, or it says nothing. */
export const OUTAGES = ['refuses', 'hangs'] as const
export type Outage = (typeof OUTAGES)[number]
