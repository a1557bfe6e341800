import { ChaveiroError } from '@chaveiro/core'
import {
  checkGrant,
  defineProvider,
  type Grant,
  reveal,
  type ServerOptions,
  type TokenProvider,
} from '@chaveiro/core/provider'
import { facts } from './generated/facts.ts'
import { type AssineOnlineServer, assineOnlineSessionToken } from './generated/provider.ts'
import { type AssineOnlineInputs, type AssineOnlineSession, INPUTS, loginOf } from './inputs.ts'

const PROVIDER = `${facts.id}/sessionToken`

/** Sessions, which make, list and revoke application tokens: opened by a login, or given. In memory only. */
export function sessionProvider(options: ServerOptions<AssineOnlineServer>): TokenProvider<AssineOnlineInputs> {
  const generated = assineOnlineSessionToken(options)
  return defineProvider<AssineOnlineInputs>({
    ...generated,
    inputs: INPUTS,
    async acquire(io, inputs, replaced) {
      if (inputs.sessionToken !== undefined) return openedElsewhere(inputs, replaced)
      if (inputs.username === undefined || generated.acquire === undefined) throw noSession()
      return generated.acquire(io, loginOf(inputs))
    },
    async revoke(io, current, inputs) {
      await generated.revoke?.(io, current, loginOf(inputs))
    },
  })
}

/** A session that was given: when it is refused, there is no other, until the inputs change. */
async function openedElsewhere(inputs: AssineOnlineSession, replaced: Grant | undefined): Promise<Grant> {
  const accessToken = await reveal(inputs.sessionToken)
  if (replaced?.accessToken === accessToken) {
    throw new ChaveiroError(
      'reauthorization-required',
      'Assine Online refused the session token. Either the session has ended: log in again and pass the new one as ' +
        'sessionToken, or pass username and password. Or its account is not one of an organisation (PJ), and only those ' +
        'may have application tokens: canIssueApplicationTokens() tells.',
      { provider: PROVIDER },
    )
  }
  return checkGrant({ accessToken, supplied: true })
}

function noSession(): ChaveiroError {
  return new ChaveiroError(
    'misconfigured',
    'Without a session, no application token can be made, listed or revoked. Pass username and password, or ' +
      'sessionToken and password.',
    { provider: PROVIDER },
  )
}
