import { type OAuthApiAnswer, type OAuthSimulator, simulateOAuth } from '@chaveiro/simulator'
import { listen } from '@chaveiro/simulator/server'
import { BANK_LIMIT, TOKEN_CODE } from '../../src/made-up-bank.ts'
import type { FleetClock } from './fleet-clock.ts'
import type { FleetProvider } from './fleet-provider.ts'

/** The bank of src/made-up-bank.ts, over real HTTP. */
export interface Bank extends FleetProvider {
  readonly simulator: OAuthSimulator<string>
  /** Logins that the bank received, refused ones too. */
  calls(): number
  /** Logins that came too often, and got a 429. */
  tooMany(): number
  /** Requests of the API, each of which the bank charges. */
  charged(): number
  /** From now on the bank refuses the tokens that it has issued, with a 403 that says so. */
  doubtTokens(): void
  /** From now on the bank refuses everything with a 403 that no other token puts right. */
  endContract(): void
}

const SCOPES = ['balance.read', 'statement.read']

/** Starts it. `balance.read` and `statement.read` are enabled. */
export async function startBank(clock: FleetClock): Promise<Bank> {
  let doubtedUntil = 0
  let hasContract = true
  const simulator: OAuthSimulator<string> = simulateOAuth<'readBalance'>(
    {
      clock: { now: () => clock.now() },
      client: 'body',
      grants: ['client_credentials'],
      scopes: SCOPES,
      credentials: { clientId: 'client', clientSecret: 'secret of the client' },
    },
    {
      readBalance: {
        method: 'GET',
        path: '/balance',
        answer(): OAuthApiAnswer {
          if (!hasContract) return { status: 403, body: { code: 'contract' } }
          return simulator.tokens.length <= doubtedUntil
            ? { status: 403, body: { code: TOKEN_CODE } }
            : { status: 200, body: { balance: 0 } }
        },
      },
    },
  )
  const logins: number[] = []
  let tooMany = 0
  const server = await listen({
    url: simulator.url,
    async fetch(input, init) {
      const request = new Request(input, init)
      if (new URL(request.url).pathname === '/token') {
        const recent = logins.filter((at) => at > clock.now() - BANK_LIMIT.perMs).length
        logins.push(clock.now())
        if (recent >= BANK_LIMIT.calls) {
          tooMany += 1
          return Response.json({ error: 'too_many_requests' }, { status: 429 })
        }
      }
      return simulator.fetch(request)
    },
  })
  const { clientId, clientSecret = '' } = simulator.credentials
  return {
    simulator,
    settings: {
      id: 'made-up-bank',
      server: server.url.href,
      inputs: { clientId, clientSecret },
      tokenPath: '/token',
      apiPath: '/balance',
    },
    issuedAt: () => simulator.tokens.at(-1)?.issuedAt ?? clock.now(),
    calls: () => logins.length,
    tooMany: () => tooMany,
    charged: () => simulator.count('readBalance'),
    doubtTokens() {
      doubtedUntil = simulator.tokens.length
    },
    endContract() {
      hasContract = false
    },
    [Symbol.asyncDispose]: () => server.close(),
  }
}
