import { expect, it } from 'vitest'
import { document, examples } from '../../src/generated/conta-azul.ts'
import { simulateContaAzul } from '../../src/index.ts'
import { applicationOf } from '../oauth/application.ts'
import { replayTokenCall } from '../oauth/replay-token-call.ts'
import { shapeOf } from '../shape-of.ts'

it.each(examples.map((example) => [example.name, example] as const))(
  '%s, as documented [A01, A02]',
  async (_, example) => {
    const response = await replayTokenCall(
      simulateContaAzul,
      '/oauth/authorize?scope=openid%20profile%20aws.cognito.signin.user.admin',
      document,
      example,
    )
    expect(response.status).toBe(example.response.status)
    expect(shapeOf(JSON.parse(await response.text()))).toEqual(shapeOf(example.response.body))
  },
)

it('takes a refresh token once, and says what another costs [A04]', async () => {
  const simulator = simulateContaAzul()
  const application = await applicationOf(simulator, CONTA_AZUL)
  const { refresh_token: first } = await application.exchange()
  const { refresh_token: second } = await application.refresh(first)
  expect(second).not.toBe(first)
  expect(await application.refresh(first)).not.toHaveProperty('access_token')
  expect(await application.refresh(second)).not.toHaveProperty('access_token')
  expect(simulator.reuses).toBe(1)
})

it('asks nothing of a person without the scopes [A03]', async () => {
  const { code } = await applicationOf(simulateContaAzul(), { ...CONTA_AZUL, page: '/oauth/authorize' })
  expect(code).toBe('')
})

it('has a page whose route is in the fragment [A05]', async () => {
  const simulator = simulateContaAzul()
  const { clientId, redirectUris: [redirectUri = ''] = [] } = simulator.credentials
  const scope = 'openid profile aws.cognito.signin.user.admin'
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    state: 's',
    scope,
  })
  const callback = await simulator.consent(`${simulator.url}#/oauth/authorize?${query}`, { allow: true })
  expect(new URL(callback).searchParams.get('code')).toBeTypeOf('string')
})

const CONTA_AZUL = {
  page: '/oauth/authorize?scope=openid%20profile%20aws.cognito.signin.user.admin',
  client: 'basic',
} as const
