import { expect, it } from 'vitest'
import { document, examples } from '../../src/generated/tiny.ts'
import { simulateTiny } from '../../src/index.ts'
import { createFakeClock } from '../fake-clock.ts'
import { applicationOf } from '../oauth/application.ts'
import { replayTokenCall } from '../oauth/replay-token-call.ts'
import { shapeOf } from '../shape-of.ts'

it.each(examples.map((example) => [example.name, example] as const))('%s, as documented [T01]', async (_, example) => {
  const response = await replayTokenCall(simulateTiny, '/realms/tiny/protocol/openid-connect/auth', document, example)
  expect(response.status).toBe(example.response.status)
  expect(shapeOf(JSON.parse(await response.text()))).toEqual(shapeOf(example.response.body))
})

it('exchanges a code for tokens of 4 hours [T01, T02]', async () => {
  const application = await applicationOf(simulateTiny(), TINY)
  expect(await application.exchange()).toMatchObject({ expires_in: 14_400, refresh_token: expect.any(String) })
})

it('takes no refresh token that is a day old [T03]', async () => {
  const clock = createFakeClock()
  const application = await applicationOf(simulateTiny({ clock }), TINY)
  const { refresh_token: first } = await application.exchange()
  clock.advance(86_400_000)
  expect(await application.refresh(first)).not.toHaveProperty('access_token')
})

const TINY = { page: '/realms/tiny/protocol/openid-connect/auth' } as const
