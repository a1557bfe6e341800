// `@chaveiro/oauth`, with what the spec says as options, is the same provider as the generated one: it sends the same, and
// makes the same of each answer.
import { createTokenManager, isChaveiroError, type TokenManager } from '@chaveiro/core'
import type { TokenProvider } from '@chaveiro/core/provider'
import { FakeClock, type RecordingFetch, recordingFetch } from '@chaveiro/core/testing'
import { type OAuthInputs, oauthProvider } from '@chaveiro/oauth'
import { authorizationCode } from '@chaveiro/oauth/consent'
import { expect, it } from 'vitest'
import { acmeApplicationToken, acmePersonToken } from '../../oauth/acme/provider.ts'

const CLIENT = { clientId: 'shop:1', clientSecret: 'p%40ss w+rd/=&?:"~' }
const REDIRECT_URI = 'https://app.example/callback/same'
const SERVER = 'https://auth.acme.example'

const at = { tokenUrl: `${SERVER}/token`, lifetimeMs: 3_600_000 }
const callbackIssuer = { url: SERVER, inCallback: 'always' } as const

const GENERATED = {
  person: acmePersonToken({ server: 'production' }),
  application: acmeApplicationToken({ server: 'production' }),
}
const BY_OPTIONS = {
  person: oauthProvider({
    ...at,
    revocationUrl: `${SERVER}/token/revocation`,
    grant: authorizationCode({ url: `${SERVER}/auth`, pkce: 'supported', callbackIssuer }),
    scopes: ['vendors:read'],
    rotation: 'always',
  }),
  application: oauthProvider(at),
}

interface World {
  readonly fetch: RecordingFetch
  readonly clock: FakeClock
  readonly tokens: TokenManager
}

/** Both kinds of inputs are the same pair. */
type Provider = TokenProvider<typeof CLIENT> | TokenProvider<OAuthInputs>

function world(provider: Provider, answers: readonly Response[]): World {
  const fetch = recordingFetch(answers)
  const clock = new FakeClock()
  const tokens = createTokenManager<typeof CLIENT>({
    provider,
    credentials: () => CLIENT,
    fetch,
    clock,
    random: () => 0,
  })
  return { fetch, clock, tokens }
}

/** What left, without what is random. */
function sent({ fetch }: World): unknown {
  const whole = fetch.requests.map((request) => request.reveal())
  return JSON.parse(JSON.stringify(whole).replaceAll(/code_verifier=[\w-]{43}/g, 'code_verifier=…'))
}

const token = (number: number, fields: object = {}): Response =>
  Response.json({
    access_token: `access-${number}`,
    refresh_token: `refresh-${number}`,
    token_type: 'Bearer',
    ...fields,
  })

/** A person agrees; the token is refreshed, and revoked. */
async function lifeOfPerson(provider: Provider): Promise<unknown> {
  const answers = [token(1, { expires_in: 60, scope: 'vendors:read' }), token(2), new Response(null, { status: 200 })]
  const made = world(provider, answers)
  const source = made.tokens.account({ tenant: 'maria', scopes: ['vendors:write'] })
  const { url, pending } = await source.consent.begin({ redirectUri: REDIRECT_URI })
  const { state, code_challenge: _, ...query } = Object.fromEntries(new URL(url).searchParams)
  const callback = `${REDIRECT_URI}?code=c%2Fode&state=${state}&iss=${SERVER}`
  await source.consent.finish({ url: callback, pending })
  const connected = await source.status()
  await made.clock.advance(60_000)
  const refreshed = await source.getToken()
  const status = await source.status()
  await source.end({ revoke: 'require' })
  return { page: url.split('?')[0], query, connected, scopes: refreshed.scopes, status, sent: sent(made) }
}

it('the life of a person’s token is the same', async () => {
  const generated = await lifeOfPerson(GENERATED.person)
  expect(await lifeOfPerson(BY_OPTIONS.person)).toEqual(generated)
  expect(generated).toMatchObject({ sent: { length: 3 } })
})

const ANSWERS: readonly (readonly [string, () => Response])[] = [
  ['a token', () => token(1, { expires_in: '60', scope: 'a b' })],
  ['a token without an end', () => token(1)],
  ['a token with an end that is nonsense', () => token(1, { expires_in: 'soon' })],
  ['no token', () => Response.json({ token_type: 'Bearer' })],
  ['a list', () => Response.json([])],
  ['a page', () => new Response('<p>hello</p>')],
  ['nothing', () => new Response(null, { status: 204 })],
  ...[400, 401, 403, 404, 500, 503].flatMap((status) =>
    ['invalid_grant', 'invalid_client', 'unauthorized_client', 'invalid_scope', 'invalid_request', 'its_own'].map(
      (error) => [`${status} ${error}`, () => Response.json({ error }, { status })] as const,
    ),
  ),
]

/** What a call becomes: the state of the account, and the error. */
async function outcomeOf(provider: Provider, answer: () => Response, seeded: boolean): Promise<unknown> {
  const made = world(provider, [answer(), answer(), answer()])
  const source = made.tokens.account('shop')
  if (seeded) await source.seed({ accessToken: 'access-0', refreshToken: 'refresh-0', expiresAt: made.clock.now() })
  const error: unknown = await source.getToken().then(
    () => undefined,
    (reason: unknown) => (isChaveiroError(reason) ? [reason.code, reason.action, reason.status, reason.title] : reason),
  )
  const { state, expiresAt } = await source.status()
  return { error, state, expiresAt, sent: sent(made) }
}

it.each(ANSWERS)('%s to a refresh, and to client credentials, is read alike', async (_, answer) => {
  for (const kind of ['person', 'application'] as const) {
    const generated = await outcomeOf(GENERATED[kind], answer, kind === 'person')
    expect(await outcomeOf(BY_OPTIONS[kind], answer, kind === 'person')).toEqual(generated)
  }
})
