import { expect, it } from 'vitest'
import { document, examples } from '../../src/generated/correios.ts'
import { simulateCorreios } from '../../src/index.ts'
import { requestLine } from '../request-line.ts'
import { shapeOf } from '../shape-of.ts'

const simulator = () => simulateCorreios({ clock: { now: () => Date.UTC(2026, 0, 15, 12) } })
const BASIC = `Basic ${btoa('simulated-user:simulated-access-code')}`

const post = (
  { fetch, url }: ReturnType<typeof simulateCorreios>,
  path: string,
  body?: object,
  authorization = BASIC,
) =>
  fetch(new URL(`/token/v1/autentica${path}`, url), {
    method: 'POST',
    headers: { authorization, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  })

it.each(examples.map((example) => [example.name, example] as const))('%s, as documented [C02]', async (_, example) => {
  const { operation, request, response: documented } = example
  const credentials = { username: 'example-user', accessCode: 'example-access-code', contract: '9900000000' }
  const correios = simulateCorreios({ credentials: { ...credentials, postingCard: '0000000007' } })
  const { method, path } = requestLine(document, operation)
  const init = { method, headers: { ...request.headers }, body: JSON.stringify(request.body) }
  const response = await correios.fetch(new URL(path, correios.url), init)
  expect(response.status).toBe(documented.status)
  expect(shapeOf(JSON.parse(await response.text()))).toEqual(shapeOf(documented.body))
})

it.each([
  ['', undefined, 'user'],
  ['/cartaopostagem', { numero: '0000000001' }, 'posting card'],
  ['/cartaopostagem', { numero: '0000000001', contrato: '9900000001' }, 'posting card'],
  ['/contrato', { numero: '9900000001' }, 'contract'],
])('issues a token at %s for %j [C01, C02, C03, C04, C05, C06]', async (path, body, kind) => {
  const correios = simulator()
  const response = await post(correios, path, body)
  expect(response.status).toBe(201)
  const answer = await response.json()
  expect(answer).toMatchObject({ emissao: '2026-01-15T12:00:00', expiraEm: '2026-01-16T12:00:00' })
  expect(correios.tokens).toMatchObject([{ kind, expiresAt: Date.UTC(2026, 0, 16, 12), state: 'live' }])
  const headers = { authorization: `Bearer ${answer.token}` }
  expect((await correios.fetch(new URL('/cep/v1/enderecos/01001001', correios.url), { headers })).status).toBe(200)
})

it('writes its ends by the clock on its wall', async () => {
  const correios = simulateCorreios({ clock: { now: () => Date.UTC(2026, 0, 15, 12) }, utcOffsetHours: -3 })
  expect(await (await post(correios, '')).json()).toMatchObject({ expiraEm: '2026-01-16T09:00:00' })
})

it.each([
  ['', undefined, 'Basic bm9ib2R5Om5vdGhpbmc='],
  ['/cartaopostagem', { numero: '0000000002' }, BASIC],
  ['/cartaopostagem', { numero: '0000000001', contrato: '9900000002' }, BASIC],
  ['/contrato', { numero: '9900000002' }, BASIC],
])('refuses what is not its own at %s', async (path, body, authorization) => {
  const correios = simulator()
  expect((await post(correios, path, body, authorization)).status).toBe(401)
  expect(correios.tokens).toEqual([])
})

it('ends earlier tokens where it is told to, and all of them on request', async () => {
  const correios = simulateCorreios({ earlierAccessTokens: 'ended' })
  await post(correios, '')
  await post(correios, '')
  expect(correios.tokens.map(({ state }) => state)).toEqual(['revoked', 'live'])
  expect(correios.expire()).toBe(1)
  expect(correios.revoke()).toBe(0)
})
