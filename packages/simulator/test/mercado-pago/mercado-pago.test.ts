import { expect, it } from 'vitest'
import { document, examples } from '../../src/generated/mercado-pago.ts'
import { simulateMercadoPago } from '../../src/index.ts'
import { applicationOf } from '../oauth/application.ts'
import { replayTokenCall } from '../oauth/replay-token-call.ts'
import { shapeOf } from '../shape-of.ts'

it.each(examples.map((example) => [example.name, example] as const))(
  '%s, as documented [P01, P03, P04]',
  async (_, example) => {
    const response = await replayTokenCall(simulateMercadoPago, '/authorization?platform_id=mp', document, example)
    expect(response.status).toBe(example.response.status)
    expect(shapeOf(JSON.parse(await response.text()))).toEqual(shapeOf(example.response.body))
  },
)

it('takes a refresh token once, and says what another costs [P02]', async () => {
  const simulator = simulateMercadoPago()
  const application = await applicationOf(simulator, { page: '/authorization?platform_id=mp', content: 'json' })
  const { refresh_token: first } = await application.exchange()
  const { refresh_token: second } = await application.refresh(first)
  expect(second).not.toBe(first)
  expect(await application.refresh(first)).not.toHaveProperty('access_token')
  expect(await application.refresh(second)).not.toHaveProperty('access_token')
  expect(simulator.reuses).toBe(1)
})
