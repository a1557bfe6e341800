import { expect, it } from 'vitest'
import { document, examples } from '../../src/generated/melhor-envio.ts'
import { simulateMelhorEnvio } from '../../src/index.ts'
import { createFakeClock } from '../fake-clock.ts'
import { applicationOf } from '../oauth/application.ts'
import { replayTokenCall } from '../oauth/replay-token-call.ts'
import { shapeOf } from '../shape-of.ts'

it.each(examples.map((example) => [example.name, example] as const))('%s, as documented [M01]', async (_, example) => {
  const response = await replayTokenCall(simulateMelhorEnvio, '/oauth/authorize', document, example)
  expect(response.status).toBe(example.response.status)
  expect(shapeOf(JSON.parse(await response.text()))).toEqual(shapeOf(example.response.body))
})

it('exchanges a code for a token that says itself when it ends [M01, M03]', async () => {
  const clock = createFakeClock()
  const application = await applicationOf(simulateMelhorEnvio({ clock }), MELHOR_ENVIO)
  const { access_token: token = '', refresh_token } = await application.exchange()
  const claims = JSON.parse(atob((token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/')))
  expect(claims).toMatchObject({ exp: Math.floor(clock.now() / 1000) + 2_592_000 })
  expect(refresh_token).toBeTypeOf('string')
})

it('demands a User-Agent with an e-mail address of every request [M02]', async () => {
  const simulator = simulateMelhorEnvio()
  const { access_token: token } = await (await applicationOf(simulator, MELHOR_ENVIO)).exchange()
  const statusOf = async (userAgent: string) => {
    const headers = { authorization: `Bearer ${token}`, 'user-agent': userAgent }
    return (await simulator.fetch(new URL('/api/v2/me', simulator.url), { headers })).status
  }
  expect(await statusOf('Loja Azul (dev@loja.example)')).toBe(200)
  expect(await statusOf('node')).toBe(400)
  const other = await applicationOf(simulateMelhorEnvio(), { ...MELHOR_ENVIO, headers: {} })
  expect(await other.exchange()).not.toHaveProperty('access_token')
})

it('takes no refresh token that is 45 days old [M04]', async () => {
  const clock = createFakeClock()
  const application = await applicationOf(simulateMelhorEnvio({ clock }), MELHOR_ENVIO)
  const { refresh_token: first } = await application.exchange()
  clock.advance(45 * 86_400_000 - 1)
  const { refresh_token: second } = await application.refresh(first)
  expect(second).toBeTypeOf('string')
  clock.advance(45 * 86_400_000)
  expect(await application.refresh(second)).not.toHaveProperty('access_token')
})

const MELHOR_ENVIO = { page: '/oauth/authorize', headers: { 'user-agent': 'Loja Azul (dev@loja.example)' } } as const
