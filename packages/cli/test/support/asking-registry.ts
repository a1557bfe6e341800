// In place of the command's registry: the providers of the command, and two whose accounts a person connects.
import { authorizationCode, shownCode } from '@chaveiro/core/consent'
import {
  type ClientOptions,
  checkGrant,
  createProviderClient,
  defineProvider,
  expectData,
  expiry,
  optionalExpiry,
  type ProviderClient,
  type ProviderFacts,
  type ProviderIo,
  resolveServer,
  type ServerOptions,
  seconds,
  type TokenProvider,
} from '@chaveiro/core/provider'
import { simulateOAuth } from '@chaveiro/simulator'
import { type CliProvider, providerEntry } from '../../src/providers/cli-provider.ts'
import { PROVIDERS as REAL } from '../../src/providers/registry.ts'

interface Inputs {
  clientId: string
  clientSecret: string
}
type Server = ServerOptions<'production' | 'test'>
type Options = ClientOptions & Inputs & Server

const DAY_MS = 86_400_000

function factsOf(id: string, title: string): ProviderFacts {
  const { TEST_PROVIDER = 'https://asking.example', TEST_IDLE_DAYS: _ } = process.env
  return {
    id,
    title,
    servers: { production: TEST_PROVIDER, test: 'https://test.asking.example' },
    inputs: {
      clientId: { description: 'The id of your application.', identity: true, env: 'ASKING_CLIENT_ID' },
      clientSecret: { description: 'Its secret.', secret: true, env: 'ASKING_CLIENT_SECRET' },
    },
    operations: {},
  }
}

/** Sends a form with HTTP Basic and reads the token. */
async function tokenCall(
  io: ProviderIo,
  server: URL,
  { clientId, clientSecret }: Inputs,
  form: Record<string, string>,
) {
  const pair = [clientId, clientSecret].map((text) => encodeURIComponent(text)).join(':')
  const response = await io.fetch(new URL('/token', server), {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(pair)}` },
    body: new URLSearchParams(form),
  })
  const data: Record<string, unknown> | undefined = response.ok ? await response.json() : undefined
  const token = await expectData('/token', Promise.resolve({ response, data }))
  const idleMs = Number(process.env['TEST_IDLE_DAYS'] ?? 30) * DAY_MS
  return checkGrant({
    accessToken: token['access_token'],
    expiresAt: expiry(io, seconds(token['expires_in'])),
    refreshToken: token['refresh_token'],
    refreshExpiresAt: optionalExpiry(io, { kind: 'absent' }, { idleMs }),
  })
}

type Lifecycle = Pick<TokenProvider<Inputs>, 'consent'>

function lifecycle(id: string, consentAt: (server: URL) => Lifecycle): (options: Server) => TokenProvider<Inputs> {
  return (options) => {
    const facts = factsOf(id, id)
    const server = resolveServer(facts, options)
    return defineProvider<Inputs>({
      id,
      server,
      inputs: facts.inputs,
      refreshKind: 'single-use',
      repeat: 'unknown',
      refresh: (io, { refreshToken = '' }, inputs) =>
        tokenCall(io, server, revealed(inputs), { grant_type: 'refresh_token', refresh_token: refreshToken }),
      ...consentAt(server),
    })
  }
}

/** An input that is declared secret arrives as one. */
function revealed({ clientId, clientSecret }: Inputs): Inputs {
  const secret: unknown = clientSecret
  const isSecret = (value: unknown): value is { reveal(): string } =>
    typeof value === 'object' && value !== null && 'reveal' in value
  return { clientId, clientSecret: isSecret(secret) ? secret.reveal() : clientSecret }
}

const redirecting = lifecycle('asking', (server) => ({
  consent: authorizationCode<Inputs>({
    url: new URL('/authorize', server),
    clientId: ({ clientId }) => clientId,
    pkce: 'required',
    exchange: (io, { code, redirectUri, verifier = '' }, inputs) =>
      tokenCall(io, server, revealed(inputs), {
        grant_type: 'authorization_code',
        code,
        redirect_uri: redirectUri,
        code_verifier: verifier,
      }),
  }),
}))

const showing = lifecycle('showing', (server) => ({
  consent: shownCode<Inputs>({
    async show(io) {
      const response = await io.fetch(new URL('/codes', server), { method: 'POST' })
      const data: Record<string, unknown> = await response.json()
      return {
        userCode: data['code'],
        verificationUrl: data['page'],
        verifier: data['verifier'],
        expiresAt: optionalExpiry(io, seconds(data['expires_in'])),
      }
    },
    exchange: (io, { code, verifier }, inputs) =>
      tokenCall(io, server, revealed(inputs), { grant_type: 'code', code, verifier }),
  }),
}))

function entry(id: string, title: string, provider: (options: Server) => TokenProvider<Inputs>): CliProvider {
  return providerEntry({
    facts: async () => factsOf(id, title),
    create: async () => (options: Options) =>
      createProviderClient(provider(options), options) satisfies ProviderClient<object>,
    lifecycle: async () => provider,
    simulator: async () => simulateOAuth(),
  })
}

export const PROVIDERS: Readonly<Record<string, CliProvider>> = {
  ...REAL,
  asking: entry('asking', 'Asking', redirecting),
  other: entry(
    'other',
    'Other',
    lifecycle('other', (server) => redirecting({ server })),
  ),
  showing: entry('showing', 'Showing', showing),
}
