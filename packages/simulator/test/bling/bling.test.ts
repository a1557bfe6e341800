import { expect, it } from 'vitest'
import { document, examples } from '../../src/generated/bling.ts'
import { simulateBling } from '../../src/index.ts'
import { createFakeClock } from '../fake-clock.ts'
import { applicationOf } from '../oauth/application.ts'
import { replayTokenCall } from '../oauth/replay-token-call.ts'
import { shapeOf } from '../shape-of.ts'

it.each(examples.map((example) => [example.name, example] as const))(
  '%s, as documented [B01, B05]',
  async (_, example) => {
    const response = await replayTokenCall(simulateBling, '/Api/v3/oauth/authorize', document, example)
    expect(response.status).toBe(example.response.status)
    expect(shapeOf(JSON.parse(await response.text()))).toEqual(shapeOf(example.response.body))
  },
)

it('takes a refresh token once, and says what another costs [B04]', async () => {
  const simulator = simulateBling()
  const application = await applicationOf(simulator, BLING)
  const { refresh_token: first } = await application.exchange()
  const { refresh_token: second } = await application.refresh(first)
  expect(second).not.toBe(first)
  expect(await application.refresh(first)).not.toHaveProperty('access_token')
  expect(await application.refresh(second)).not.toHaveProperty('access_token')
  expect(simulator.reuses).toBe(1)
})

it('takes no refresh token that is 30 days old [B04]', async () => {
  const clock = createFakeClock()
  const application = await applicationOf(simulateBling({ clock }), BLING)
  const { refresh_token: first } = await application.exchange()
  clock.advance(30 * 86_400_000 - 1)
  const { refresh_token: second } = await application.refresh(first)
  expect(second).toBeTypeOf('string')
  clock.advance(30 * 86_400_000)
  expect(await application.refresh(second)).not.toHaveProperty('access_token')
})

it('demands enable-jwt: 1 of every call, and its tokens are long [B02, B03]', async () => {
  const simulator = simulateBling()
  const application = await applicationOf(simulator, BLING)
  const { access_token: token = '' } = await application.exchange()
  expect(token.length).toBeGreaterThanOrEqual(3_000)
  const statusOf = async (headers: HeadersInit) =>
    (await simulator.fetch(new URL('/contatos', simulator.url), { headers })).status
  const authorization = `Bearer ${token}`
  expect(await statusOf({ authorization, 'enable-jwt': '1' })).toBe(200)
  expect(await statusOf({ authorization })).toBe(400)
  const other = await applicationOf(simulateBling(), { ...BLING, headers: {} })
  expect(await other.exchange()).not.toHaveProperty('access_token')
})

it('revokes [B06]', async () => {
  const simulator = simulateBling()
  const application = await applicationOf(simulator, BLING)
  const { refresh_token: token = '' } = await application.exchange()
  await application.post('/oauth/revoke', { token, token_type_hint: 'refresh_token' })
  expect(simulator.tokens.map(({ access }) => access.state)).toEqual(['revoked'])
})

const BLING = { page: '/Api/v3/oauth/authorize', client: 'basic', headers: { 'enable-jwt': '1' } } as const
