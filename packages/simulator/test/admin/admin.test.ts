import { expect, it } from 'vitest'
import { openScene } from './scene.ts'

it('tells of requests, of tokens and of accounts, never with a secret', async () => {
  const scene = openScene()
  const { access_token } = await scene.client.tokens()
  await scene.client.api(`/vendors?access_token=${encodeURIComponent(access_token)}`, access_token)
  await scene.client.api(`/vendors/${encodeURIComponent(access_token)}`, access_token)
  await scene.client.api('/vendors', 'unknown')
  const answers = [await scene.call('GET', '/requests'), await scene.call('GET', '/state')]
  expect(answers[0]?.body).toMatchObject({
    requests: [
      { provider: 'bitize', id: 1, operation: 'authenticate', status: 200, issued: { family: 1, generation: 1 } },
      {
        path: '/vendors?access_token=[redacted]',
        exposed: ['query.access_token'],
        token: { family: 1, generation: 1 },
      },
      { path: '/vendors/[redacted]', exposed: ['path'], status: 404 },
      { operation: 'listVendors', status: 401, detail: 'header.authorization: access token unknown' },
    ],
  })
  expect(answers[1]?.body).toMatchObject({
    providers: [
      {
        id: 'bitize',
        requests: 4,
        reuses: 0,
        accounts: [scene.bitize.credentials.consumerKey],
        tokens: [{ family: 1, account: scene.bitize.credentials.consumerKey, access: { state: 'live' } }],
      },
      { id: 'genpag', accounts: [scene.genpag.credentials.sellerId], tokens: [] },
    ],
  })
  const printed = JSON.stringify(answers)
  for (const secret of [...scene.bitize.revealSecrets(), ...scene.genpag.revealSecrets()]) {
    expect(printed).not.toContain(secret)
    expect(printed).not.toContain(encodeURIComponent(secret))
  }
})

it('queues faults that meet the next requests, and lists what waits and what hangs', async () => {
  const scene = openScene()
  const queue = (fault: object) => scene.call('POST', '/faults', { provider: 'bitize', fault })
  await queue({ kind: 'status', status: 503, operation: 'authenticate' })
  expect((await scene.client.authenticate()).status).toBe(503)
  await queue({ kind: 'hang', times: 'always' })
  const hanging = scene.client.authenticate()
  await scene.call('POST', '/requests/wait', { provider: 'bitize', request: { fault: 'hang' } })
  expect((await scene.call('GET', '/faults')).body).toEqual({
    faults: [{ provider: 'bitize', id: 2, fault: { kind: 'hang', times: 'always' }, remaining: 'always', holding: 1 }],
  })
  expect((await scene.call('DELETE', '/faults')).body).toEqual({ count: 1 })
  expect((await hanging).status).toBe(200)
  expect((await scene.call('GET', '/faults')).body).toEqual({ faults: [] })
})

it('lets time pass for all providers, and ends tokens', async () => {
  const scene = openScene()
  const { access_token } = await scene.client.tokens()
  const read = async () => (await scene.client.api('/vendors', access_token)).status
  expect(await read()).toBe(200)
  await scene.call('POST', '/clock/advance', { ms: 86_400_000 })
  expect(await read()).toBe(401)
  const later = await scene.client.tokens()
  expect((await scene.call('POST', '/tokens/expire', { provider: 'bitize', family: 2 })).body).toEqual({ count: 1 })
  expect((await scene.client.api('/vendors', later.access_token)).status).toBe(401)
})

it('accepts accounts, and no longer', async () => {
  const scene = openScene()
  const credentials = { consumerKey: '33333333-3333-4333-8333-333333333333', secretKey: 'secret' }
  const asked = () =>
    scene.client.authenticate({ body: JSON.stringify({ consumer_key: credentials.consumerKey, secret_key: 'secret' }) })
  expect((await asked()).status).toBe(400)
  await scene.call('POST', '/accounts', { provider: 'bitize', credentials })
  expect((await asked()).status).toBe(200)
  await scene.call('DELETE', `/accounts/bitize/${credentials.consumerKey}`)
  expect((await asked()).status).toBe(400)
})

it('waits for requests that come later, and gives up in time', async () => {
  const scene = openScene()
  const waiting = scene.call('POST', '/requests/wait', {
    provider: 'bitize',
    request: { outcome: 'answered' },
    times: 2,
  })
  await scene.client.authenticate()
  await scene.client.authenticate()
  expect(await waiting).toMatchObject({ status: 200, body: { requests: [{ id: 1 }, { id: 2 }] } })
  const late = await scene.call('POST', '/requests/wait', { provider: 'bitize', times: 3, timeoutMs: 0 })
  expect(late).toMatchObject({ status: 408, body: { code: 'timeout' } })
})

it('compares expectations with what came', async () => {
  const scene = openScene()
  const expected = { provider: 'bitize', request: { operation: 'authenticate' } }
  await scene.call('POST', '/expectations', { ...expected, atMost: 1 })
  await scene.call('POST', '/expectations', { ...expected, request: { operation: 'listVendors' } })
  const read = async () => (await scene.call('GET', '/expectations')).body
  expect(await read()).toMatchObject({ allMet: false, expectations: [{ met: true, received: 0 }, { met: false }] })
  const { access_token } = await scene.client.tokens()
  await scene.client.api('/vendors', access_token)
  expect(await read()).toMatchObject({ allMet: true, expectations: [{ received: 1 }, { received: 1 }] })
  await scene.client.tokens()
  expect(await read()).toMatchObject({ allMet: false, expectations: [{ received: 2, met: false }, { met: true }] })
})

it('starts again', async () => {
  const scene = openScene()
  const { body: fresh } = await scene.call('GET', '/state')
  const { access_token } = await scene.client.tokens()
  await scene.call('POST', '/clock/advance', { ms: 86_400_000 })
  await scene.call('POST', '/faults', { provider: 'genpag', fault: { kind: 'reset' } })
  await scene.call('POST', '/expectations', { provider: 'bitize' })
  const { body: again } = await scene.call('POST', '/reset')
  const clock = { now: expect.any(Number), offsetMs: 0 }
  expect({ ...Object(again), clock }).toEqual({ ...Object(fresh), clock })
  expect(again).toMatchObject({ clock: { offsetMs: 0 } })
  expect((await scene.client.api('/vendors', access_token)).status).toBe(401)
})
