import {
  type AccountRef,
  createTokenManager,
  isChaveiroError,
  type TokenEvent,
  type TokenManager,
  type TokenManagerOptions,
} from '@chaveiro/core'
import { type AuthorizationCode, authorizationCode } from '@chaveiro/core/consent'
import { checkGrant, defineProvider, expiry, seconds, type TokenProvider } from '@chaveiro/core/provider'
import { FakeClock } from '../../src/testing/fake-clock.ts'
import { type ScriptedIssuer, scriptedIssuer } from '../support/scripted-issuer.ts'

export interface Client {
  clientId: string
  clientSecret: string
}

export const CLIENT: Client = { clientId: 'shop', clientSecret: 'the-secret-of-shop' }

let worlds = 0

/** A redirect URI that no other test uses: each belongs to one provider and server of a process. */
export function redirectUri(): string {
  worlds += 1
  return `https://app.example/callback/${worlds}`
}

type Facts = Partial<AuthorizationCode<Client>>

export interface ConsentWorldOptions {
  readonly request?: Facts
  readonly provider?: Partial<TokenProvider<Client>>
  readonly manager?: Partial<TokenManagerOptions<Client>>
  readonly clock?: FakeClock
  readonly issuer?: ScriptedIssuer
}

export interface ConsentWorld {
  readonly clock: FakeClock
  readonly issuer: ScriptedIssuer
  readonly manager: TokenManager
  readonly events: TokenEvent[]
  readonly redirectUri: string
  /** Begins a consent of an account and shows what the request asks for. */
  readonly begin: (account?: AccountRef | string) => Promise<Begun>
}

interface Begun {
  readonly pending: string
  readonly query: Readonly<Record<string, string>>
  /** Where the provider would send the person, with these parameters besides the state. */
  readonly callback: (parameters: Record<string, string>) => string
  readonly finish: (parameters?: Record<string, string>) => Promise<void>
}

/** A provider that asks a person, and posts JSON to /token. */
export function consentProvider({ request, provider }: ConsentWorldOptions = {}): TokenProvider<Client> {
  return defineProvider<Client>({
    id: 'asking',
    server: new URL('https://issuer.example'),
    refreshKind: 'single-use',
    repeat: 'unknown',
    inputs: {
      clientId: { description: 'The client.' },
      clientSecret: { description: 'Its secret.', secret: true },
    },
    async refresh(io, { refreshToken }) {
      const body = JSON.stringify({ refresh: refreshToken })
      const response = await io.fetch('https://issuer.example/token', { method: 'POST', body })
      return grantOf(io, response)
    },
    consent: authorizationCode<Client>({
      url: 'https://issuer.example/authorize',
      clientId: ({ clientId }) => clientId,
      pkce: 'supported',
      async exchange(io, code) {
        const response = await io.fetch('https://issuer.example/token', { method: 'POST', body: JSON.stringify(code) })
        return grantOf(io, response)
      },
      ...request,
    }),
    ...provider,
  })
}

async function grantOf(io: Parameters<NonNullable<TokenProvider<Client>['refresh']>>[0], response: Response) {
  if (!response.ok) throw new Error(`answered ${response.status}`)
  const answer = await response.json()
  return checkGrant({
    accessToken: answer.access_token,
    expiresAt: expiry(io, seconds(answer.expires_in)),
    refreshToken: answer.refresh_token,
  })
}

/** A manager whose accounts a person connects, on a clock and an issuer that the test directs. */
export function consentWorld(options: ConsentWorldOptions = {}): ConsentWorld {
  const { clock = new FakeClock(), issuer = scriptedIssuer() } = options
  const manager = createTokenManager<Client>({
    provider: consentProvider(options),
    credentials: () => CLIENT,
    fetch: issuer.fetch,
    clock,
    random: () => 0,
    ...options.manager,
  })
  const events: TokenEvent[] = []
  manager.on((event) => events.push(event))
  const own = redirectUri()
  return {
    clock,
    issuer,
    manager,
    events,
    redirectUri: own,
    async begin(account = 'ana') {
      const { consent } = manager.account(account)
      const begun = await consent.begin({ redirectUri: own })
      const query = Object.fromEntries(new URL(begun.url).searchParams)
      const callback: Begun['callback'] = (parameters) => {
        const url = new URL(own)
        for (const [name, value] of Object.entries({ state: query['state'] ?? '', ...parameters }))
          url.searchParams.set(name, value)
        return url.href
      }
      return {
        pending: begun.pending.reveal(),
        query,
        callback,
        finish: (parameters = { code: 'code-1' }) =>
          consent.finish({ url: callback(parameters), pending: begun.pending }),
      }
    },
  }
}

/** The code of the error that a promise ends with, and `consent` where only another consent helps. */
export async function refusal(promise: Promise<unknown>): Promise<string> {
  try {
    await promise
  } catch (error) {
    if (isChaveiroError(error)) return error.consent ? `${error.code}, consent` : error.code
    throw error
  }
  return 'accepted'
}
