import type { GetTokenOptions } from '@chaveiro/core'
import { type AccountChoice, withAccount } from '../accounts/open-account.ts'
import { parseDuration } from '../output/duration.ts'
import { isoDate } from '../output/iso-date.ts'
import { printJson, type Session } from '../program/session.ts'

export interface TokenOptions {
  readonly account?: string
  readonly minValidity?: string
  readonly timeout?: string
}

/** `chaveiro token`: a valid token on stdout. */
export async function token(session: Session, provider: string, options: TokenOptions): Promise<undefined> {
  const wish = tokenWish(session, options)
  await withAccount(session, { provider, ...wish.choice }, async ({ account, client }) => {
    const current = await client.getToken(wish.getToken)
    // Before the account is closed: a refresh in the background must not keep anybody waiting for what is there.
    if (!session.json) return void session.stdout.write(`${current.reveal()}\n`)
    const { expiresAt } = current
    printJson(session, {
      token: current.reveal(),
      expiresAt: isoDate(expiresAt),
      provider,
      account: account.name,
    })
  })
}

/** What is asked of an account and of its token. */
export interface TokenWish {
  readonly choice: Omit<AccountChoice, 'provider'>
  readonly getToken: GetTokenOptions
}

/** Reads the options that several commands share. */
export function tokenWish(session: Session, { account, minValidity, timeout }: TokenOptions): TokenWish {
  const { signal } = session.interruption
  return {
    choice: {
      name: account,
      tokenCallTimeoutMs: timeout === undefined ? undefined : parseDuration('--timeout', timeout, session),
    },
    getToken: {
      signal,
      minValidityMs: minValidity === undefined ? undefined : parseDuration('--min-validity', minValidity, session),
    },
  }
}
