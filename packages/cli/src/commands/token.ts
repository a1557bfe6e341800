import { type AccessToken, type GetTokenOptions, isChaveiroError } from '@chaveiro/core'
import { type EnvironmentOptions, environmentChoice } from '../accounts/environment-options.ts'
import { type AccountName, onlyAccount } from '../accounts/find-account.ts'
import { type AccountChoice, withAccount } from '../accounts/open-account.ts'
import { onlyProviderInEnvironment } from '../accounts/open-environment.ts'
import type { Client } from '../providers/cli-provider.ts'
import { EXIT } from '../session/exit-code.ts'
import { Failure } from '../session/failure.ts'
import { printJson, type Session } from '../session/session.ts'
import { inUnitOf, isoDate, parseDuration } from '../session/times.ts'

export interface TokenOptions extends EnvironmentOptions {
  readonly account?: string
  readonly minValidity?: string
  readonly timeout?: string
}

/** `chaveiro token`: a valid token on stdout, of the only account where none is named. */
export async function token(session: Session, provider: string | undefined, options: TokenOptions): Promise<undefined> {
  const wish = tokenWish(session, options)
  const which = provider === undefined ? await only(session, wish.choice) : { provider, name: wish.choice.name }
  await withAccount(session, { ...wish.choice, ...which }, async ({ account, client }) => {
    const current = await getToken(client, wish)
    // Before the account is closed: a refresh in the background must not delay a token that is already there.
    if (!session.json) return void session.stdout.write(`${current.reveal()}\n`)
    const { expiresAt } = current
    printJson(session, {
      token: current.reveal(),
      expiresAt: isoDate(expiresAt),
      provider: account.provider,
      account: account.name,
    })
  })
}

async function only(session: Session, { name, environment }: TokenWish['choice']): Promise<AccountName> {
  if (environment === undefined) return onlyAccount(session, 'token', name)
  return { provider: await onlyProviderInEnvironment(session), name }
}

/** What is asked of an account and of its token. */
export interface TokenWish {
  readonly choice: Omit<AccountChoice, 'provider'>
  readonly getToken: GetTokenOptions
  /** As it was typed. */
  readonly minValidity: string | undefined
}

/** A token of a client; where it can't be had for as long as was asked, the answer is in the unit of the question. */
export async function getToken(client: Client, { getToken: options, minValidity }: TokenWish): Promise<AccessToken> {
  try {
    return await client.getToken(options)
  } catch (error) {
    if (minValidity === undefined || !isChaveiroError(error) || error.code !== 'misconfigured') throw error
    throw new Failure(EXIT.configuration, error.code, inUnitOf(minValidity, error.message))
  }
}

/** Reads the options that several commands share. */
export function tokenWish(session: Session, options: TokenOptions): TokenWish {
  const { account, minValidity, timeout } = options
  const { signal } = session.interruption
  return {
    choice: {
      name: account,
      environment: environmentChoice(session, options),
      tokenCallTimeoutMs: timeout === undefined ? undefined : parseDuration('--timeout', timeout, session),
    },
    getToken: {
      signal,
      minValidityMs: minValidity === undefined ? undefined : parseDuration('--min-validity', minValidity, session),
    },
    minValidity,
  }
}
