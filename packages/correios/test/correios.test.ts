import { FakeClock } from '@chaveiro/core/testing'
import { type CorreiosOptions, createCorreios } from '@chaveiro/correios'
import { type CorreiosSimulatorOptions, simulateCorreios } from '@chaveiro/simulator'
import { expect, it } from 'vitest'

const HOUR_MS = 3_600_000
const USER = { username: 'a-user', accessCode: 'an access code' }
const KNOWN = { ...USER, postingCard: '0067599079', contract: '9912208555' }

function at(options: Partial<CorreiosOptions> = {}, provider: CorreiosSimulatorOptions = {}) {
  const clock = new FakeClock({ now: Date.UTC(2026, 0, 15, 12) })
  const simulator = simulateCorreios({ clock, credentials: KNOWN, ...provider })
  const sent: Request[] = []
  const correios = createCorreios({
    server: simulator.url,
    ...USER,
    clock,
    random: () => 0,
    fetch(input, init) {
      const request = new Request(input, init)
      sent.push(request.clone())
      // A documented server is simulated too.
      const { pathname, search } = new URL(request.url)
      return simulator.fetch(new URL(pathname + search, simulator.url), init)
    },
    ...options,
  })
  return { clock, simulator, correios, sent, [Symbol.asyncDispose]: () => correios.close() }
}

it.each([
  ['user', {}, '/token/v1/autentica', ''],
  ['posting card', { postingCard: KNOWN.postingCard }, '/token/v1/autentica/cartaopostagem', '{"numero":"0067599079"}'],
  [
    'posting card',
    { postingCard: KNOWN.postingCard, contract: KNOWN.contract },
    '/token/v1/autentica/cartaopostagem',
    '{"numero":"0067599079","contrato":"9912208555"}',
  ],
  ['contract', { contract: KNOWN.contract }, '/token/v1/autentica/contrato', '{"numero":"9912208555"}'],
  // A variable that is set to nothing.
  ['user', { postingCard: '', contract: '' }, '/token/v1/autentica', ''],
])('the token is of the %s, as the inputs say [C01, C02, C03, C06]', async (kind, inputs, path, body) => {
  await using world = at({ server: 'homologation', ...inputs })
  await world.correios.getToken()
  const [request] = world.sent
  expect(request?.url).toBe(`https://apihom.correios.com.br${path}`)
  expect(request?.headers.get('authorization')).toBe(`Basic ${btoa('a-user:an access code')}`)
  expect(await request?.text()).toBe(body)
  expect(world.simulator.tokens).toMatchObject([{ kind }])
})

it('an end without a zone is read as the earliest that it can be [C04, C05]', async () => {
  await using utc = at()
  expect((await utc.correios.getToken()).expiresAt).toBe(utc.clock.now() + 24 * HOUR_MS)
  await using brasilia = at({}, { utcOffsetHours: -3 })
  expect((await brasilia.correios.getToken()).expiresAt).toBe(brasilia.clock.now() + 21 * HOUR_MS)
  await brasilia.clock.advance(21 * HOUR_MS)
  await brasilia.correios.fetch('/cep/v1/enderecos/01001001')
  expect(brasilia.simulator.tokens.map(({ state }) => state)).toEqual(['live', 'live'])
})

it.each([
  [{ postingCard: KNOWN.postingCard }, { tenant: 'a-user', account: '0067599079' }],
  [{ contract: KNOWN.contract }, { tenant: 'a-user', account: '9912208555' }],
  [{}, { tenant: 'a-user' }],
  [{ postingCard: KNOWN.postingCard, account: 'shop' }, { tenant: 'shop' }],
])('each posting card of a user is an account of its own: %j', async (inputs, account) => {
  await using world = at(inputs)
  const named: unknown[] = []
  world.correios.on((event) => named.push(event.account))
  await world.correios.getToken()
  expect(named[0]).toEqual(account)
})
