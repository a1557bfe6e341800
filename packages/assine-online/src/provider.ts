import { ChaveiroError, isChaveiroError } from '@chaveiro/core'
import {
  checkGrant,
  defineProvider,
  expectData,
  expiry,
  type Grant,
  type ProviderIo,
  parentSchemes,
  readTokenList,
  requestExpiry,
  reveal,
  type ServerOptions,
  statedEnd,
  type TokenProvider,
  typedClient,
  withParent,
  zoned,
} from '@chaveiro/core/provider'
import { facts } from './generated/facts.ts'
import { type AssineOnlineServer, assineOnlineApplicationToken } from './generated/provider.ts'
import type { paths } from './generated/schema.ts'
import { type AssineOnlineInputs, type AssineOnlineToken, INPUTS, loginOf, type Minting, unfitting } from './inputs.ts'
import { allPages, phpDate, tokenId } from './quirks.ts'
import { sessionProvider } from './session.ts'

/** How the end of a new token is written. */
export const END_FORMAT = 'YYYY-MM-DD HH:mm:ss'

const PROVIDER = `${facts.id}/applicationToken`

/**
 * Assine Online's application tokens, for `createTokenManager()`: made with a session and the password, replaced before
 * they end, and revoked after that.
 *
 * What its spec generates, but for three things: a new token's answer (see quirks.ts), a list of several pages, and tokens
 * that were made elsewhere.
 * @throws {TypeError} when the server is missing or unknown.
 */
export function assineOnlineProvider(options: ServerOptions<AssineOnlineServer>): TokenProvider<AssineOnlineInputs> {
  const generated = assineOnlineApplicationToken(options)
  const client = (io: ProviderIo) => typedClient<paths>(generated.server, io)
  return defineProvider<AssineOnlineInputs>({
    ...generated,
    inputs: INPUTS,
    parents: parentSchemes({ sessionToken: sessionProvider(options) }),
    async acquire(io, inputs, replaced) {
      const unfit = unfitting(inputs)
      if (unfit !== undefined) throw new ChaveiroError('misconfigured', unfit, { provider: PROVIDER })
      if (inputs.applicationToken !== undefined) return madeElsewhere(inputs, replaced)
      return mint(io, inputs)
    },
    async list(io) {
      const items = await allPages(
        (page) =>
          expectData(
            'listApplicationTokens',
            withParent(io, 'sessionToken', (headers) =>
              client(io).GET('/v1/access-token', { params: { query: page === 1 ? {} : { page } }, headers }),
            ),
          ),
        (page) => page._embedded?.access_token,
      )
      return readTokenList(items, ({ id, expires }) => ({
        id: tokenId(id),
        expiresAt: statedEnd(io, phpDate(expires)),
      }))
    },
    async revoke(io, current, inputs) {
      await generated.revoke?.(io, current, loginOf(inputs))
    },
  })

  async function mint(io: ProviderIo, inputs: Minting): Promise<Grant> {
    const requested = await requestExpiry(io, inputs.lifetimeMs ?? facts.inputs.lifetimeMs.default, END_FORMAT, 'UTC')
    const answer = await expectData(
      'createApplicationToken',
      withParent(io, 'sessionToken', async (headers) =>
        client(io).POST('/v1/access-token', {
          headers,
          body: { password: await reveal(inputs.password), expires: requested },
        }),
      ),
    ).catch((error: unknown) => {
      throw notEntitled(error) ?? error
    })
    return checkGrant({
      accessToken: answer.accessToken,
      id: tokenId(answer.id),
      // An end that cannot be read is the one that was asked for: to make another token for that would leave this one behind.
      expiresAt: expiry(io, phpDate(answer.expires), { otherwiseMs: lifeUntil(io, requested) }),
    })
  }
}

function lifeUntil(io: ProviderIo, requested: string): number | undefined {
  const reading = zoned(requested, END_FORMAT, 'UTC')
  return reading.kind === 'server' ? reading.at - io.now : undefined
}

// How any of this is refused is undocumented; these statuses are the ones that a request is refused with.
const REFUSED = [400, 401, 403, 404, 422]

/** The session was accepted a moment ago, so it is not the login that is wrong. One that failed names its own provider. */
function notEntitled(error: unknown): ChaveiroError | undefined {
  if (!isChaveiroError(error) || error.provider !== undefined || !REFUSED.includes(error.status ?? 0)) return undefined
  return new ChaveiroError(
    'misconfigured',
    `Assine Online accepted the session but made no application token (answer ${error.status}). Only accounts of an ` +
      'organisation (PJ) may have them: canIssueApplicationTokens() tells. It may also refuse the password or lifetimeMs.',
    { provider: PROVIDER, status: error.status },
  )
}

/** A token that a person made: there is only the one in the inputs, until they change. */
async function madeElsewhere(inputs: AssineOnlineToken, replaced: Grant | undefined): Promise<Grant> {
  const accessToken = await reveal(inputs.applicationToken)
  if (replaced?.accessToken === accessToken) {
    throw new ChaveiroError(
      'reauthorization-required',
      'The application token is refused or ends soon. Make another one at Assine Online and pass it as ' +
        'applicationToken, or pass username and password to have it replaced.',
      { provider: PROVIDER },
    )
  }
  return checkGrant({ accessToken, expiresAt: inputs.expiresAt, id: tokenId(inputs.id), supplied: true })
}
