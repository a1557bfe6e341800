import { afterEach, describe, expect, it } from 'vitest'
import { causeCode, errorOf } from '../bitize-client.ts'
import { assineScenes, createStage } from './scene.ts'

describe.each(assineScenes)('faults, %s', (_, openScene) => {
  const { scene, close } = createStage(openScene)
  afterEach(close)

  it('come as problems where their status has a name', async () => {
    const { assine, client } = await scene()
    assine.faults.next({ kind: 'status', status: 500, operation: 'login' })
    assine.faults.next({ kind: 'status', status: 429, retryAfter: 2, operation: 'login' })
    const problem = await client.login()
    expect([problem.status, await problem.json()]).toMatchObject([500, { title: 'Internal Server Error', status: 500 }])
    const bare = await client.login()
    expect([bare.status, bare.headers.get('retry-after'), await bare.text()]).toEqual([429, '2', ''])
  })

  it('lose the answer of a token that was made, and of one that was revoked', async () => {
    const { assine, client } = await scene()
    const session = await client.session()
    assine.faults.next({ kind: 'reset', processed: true, operation: 'createApplicationToken' })
    expect(causeCode(await errorOf(client.mint(session)))).toBe('ECONNRESET')
    expect(assine.tokens).toMatchObject([{ kind: 'session' }, { kind: 'application', id: '5321', state: 'live' }])
    assine.faults.next({ kind: 'reset', processed: true, operation: 'revokeApplicationToken' })
    expect(causeCode(await errorOf(client.revoke(session, '5321')))).toBe('ECONNRESET')
    expect((await client.revoke(session, '5321')).status).toBe(404)
  })

  it('hold a request and alter an answer', async () => {
    const { assine, client } = await scene()
    const session = await client.session()
    const hang = assine.faults.next({ kind: 'hang', operation: 'listApplicationTokens' })
    const held = client.list(session)
    await hang.met
    assine.revokeByPerson(5320)
    hang.release()
    expect((await held).status).toBe(401)
    const expires = { date: 'soon', timezone_type: 2, timezone: 'BRT' }
    assine.faults.next({ kind: 'altered-field', field: 'expires', value: expires, operation: 'createApplicationToken' })
    expect((await client.minted(await client.session())).expires).toEqual(expires)
  })
})
