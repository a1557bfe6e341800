import { limitCalls } from '@chaveiro/core/limit'
import {
  checkGrant,
  defineProvider,
  expectData,
  expiry,
  refusedByBody,
  reveal,
  type SecretInput,
  seconds,
  type TokenProvider,
} from '@chaveiro/core/provider'

/** What a client of the bank is told apart by. */
export interface BankInputs {
  readonly clientId: string
  readonly clientSecret: SecretInput
}

/** How often the bank lets one client log in. */
export const BANK_LIMIT = { calls: 5, perMs: 60_000 } as const

/** The code of a 403 that another token puts right. Any other 403 is final, and charged. */
export const TOKEN_CODE = 'token'

/**
 * A bank that does not exist, with what people report of real ones, and what no official page states: a limit of logins, scopes that
 * are granted all or not at all, and a 403 that means either.
 */
export function madeUpBank(server: URL): TokenProvider<BankInputs> {
  return defineProvider<BankInputs>({
    id: 'made-up-bank',
    server,
    inputs: {
      clientId: { description: 'The id of the client.', identity: true },
      clientSecret: { description: 'The secret of the client.', secret: true },
    },
    refreshKind: 'none',
    repeat: 'unknown',
    limit: limitCalls(BANK_LIMIT),
    judgeBody: refusedByBody([{ status: 403, body: { '/code': TOKEN_CODE } }]),
    async acquire(io, { clientId, clientSecret }) {
      const scope = io.account.scopes?.join(' ')
      const body = new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: clientId,
        client_secret: await reveal(clientSecret),
        ...(scope !== undefined && { scope }),
      })
      const response = await io.fetch(new URL('/token', server), { method: 'POST', body })
      const data: Record<string, unknown> | undefined = response.ok ? JSON.parse(await response.text()) : undefined
      const answer = await expectData('/token', Promise.resolve({ response, data }))
      return checkGrant({ accessToken: answer['access_token'], expiresAt: expiry(io, seconds(answer['expires_in'])) })
    },
  })
}
