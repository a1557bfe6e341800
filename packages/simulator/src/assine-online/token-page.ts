import type { Answer } from '../answer.ts'
import type { JsonObject } from '../json.ts'
import type { Account } from './accounts.ts'
import { type AssineOnlineTimezone, phpDate } from './php-date.ts'
import { refuse } from './problem.ts'
import type { AssineOnlineToken } from './tokens.ts'

export interface PageOptions {
  /** What the links begin with, without a slash at the end. */
  readonly linkBase: string
  readonly timezone: AssineOnlineTimezone
  /** How many more `total_items` counts than there are. */
  readonly unlistedTokens: number
}

interface Page extends PageOptions {
  readonly account: Account
  /** From 1. */
  readonly page: number
}

/** As documented. */
export const PAGE_SIZE = 25

/** One page of tokens, without their values. */
export const tokenPage = (tokens: readonly AssineOnlineToken[], options: Page): Answer => {
  const { page, linkBase, unlistedTokens } = options
  const pages = Math.max(1, Math.ceil(tokens.length / PAGE_SIZE))
  if (page > pages) return refuse(404, 'query.page: no such page')
  // Without /v1, as in the guide: a client that follows these meets nothing.
  const href = `${linkBase}/access-token`
  return {
    status: 200,
    body: {
      _links: {
        self: { href: `${href}?page=${page}` },
        first: { href },
        last: { href: `${href}?page=${pages}` },
      },
      _embedded: {
        access_token: tokens
          .slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE)
          .map((token) => listedToken(token, options)),
      },
      page_count: pages,
      page_size: PAGE_SIZE,
      total_items: tokens.length + unlistedTokens,
      page,
    },
  }
}

const listedToken = ({ id, expiresAt }: AssineOnlineToken, { account, linkBase, timezone }: Page): JsonObject => ({
  accessToken: '***** HIDDEN *****',
  expires: phpDate(expiresAt, timezone),
  id,
  scope: {},
  _embedded: {
    user: {
      id: account.id,
      name: USER_NAME,
      username: account.username,
      email: account.username,
      _links: { self: { href: `${linkBase}/user/${account.id}` } },
    },
  },
  _links: { self: { href: `${linkBase}/access-token/${id}` } },
})

/** Everybody's, because nothing depends on it. */
export const USER_NAME = 'Simulated User'
