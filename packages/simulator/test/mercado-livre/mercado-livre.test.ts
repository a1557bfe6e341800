import { expect, it } from 'vitest'
import { document, examples } from '../../src/generated/mercado-livre.ts'
import { simulateMercadoLivre } from '../../src/index.ts'
import { createFakeClock } from '../fake-clock.ts'
import { applicationOf } from '../oauth/application.ts'
import { replayTokenCall } from '../oauth/replay-token-call.ts'
import { shapeOf } from '../shape-of.ts'

it.each(examples.map((example) => [example.name, example] as const))(
  '%s, as documented [L01, L04]',
  async (_, example) => {
    const response = await replayTokenCall(simulateMercadoLivre, '/authorization', document, example)
    expect(response.status).toBe(example.response.status)
    expect(shapeOf(JSON.parse(await response.text()))).toEqual(shapeOf(example.response.body))
  },
)

it('takes a refresh token once, and says what another costs [L02]', async () => {
  const simulator = simulateMercadoLivre()
  const application = await applicationOf(simulator, { page: '/authorization' })
  const { refresh_token: first } = await application.exchange()
  const { refresh_token: second } = await application.refresh(first)
  expect(second).not.toBe(first)
  expect(await application.refresh(first)).not.toHaveProperty('access_token')
  expect(await application.refresh(second)).not.toHaveProperty('access_token')
  expect(simulator.reuses).toBe(1)
})

it('takes no refresh token that is 180 days old [L03]', async () => {
  const clock = createFakeClock()
  const application = await applicationOf(simulateMercadoLivre({ clock }), { page: '/authorization' })
  const { refresh_token: first } = await application.exchange()
  clock.advance(180 * 86_400_000 - 1)
  const { refresh_token: second } = await application.refresh(first)
  expect(second).toBeTypeOf('string')
  clock.advance(180 * 86_400_000)
  expect(await application.refresh(second)).not.toHaveProperty('access_token')
})
