import { describe, expect, it } from 'vitest'
import { errorIn, oauthScene, oauthScenes, tokensIn } from './scene.ts'

const grant = { grant_type: 'client_credentials' }

describe.each(oauthScenes)('a fault, %s,', (_, scene) => {
  it('meets the authorization server as it meets the others', async () => {
    const { oauth, token, close } = await scene()
    oauth.faults.next({ kind: 'status', status: 429, retryAfter: 7, operation: 'issueToken' })
    oauth.faults.next({ kind: 'status', status: 400, operation: 'issueToken' })
    oauth.faults.next({ kind: 'html', status: 502 })
    oauth.faults.next({ kind: 'malformed-json' })
    const throttled = await token(grant)
    expect([throttled.status, throttled.headers.get('retry-after')]).toEqual([429, '7'])
    expect(await errorIn(await token(grant))).toContain('400 invalid_request')
    expect((await token(grant)).headers.get('content-type')).toContain('text/html')
    const broken = await token(grant)
    await expect(broken.json()).rejects.toThrow(SyntaxError)
    expect(oauth.faults.unused()).toEqual([])
    await close()
  })

  it('loses an answer after the work is done', async () => {
    const { oauth, code, exchange, close } = await scene()
    const value = await code()
    oauth.faults.next({ kind: 'reset', processed: true, operation: 'issueToken' })
    await expect(exchange(value)).rejects.toThrow('fetch failed')
    expect(oauth.tokens).toMatchObject([{ access: { state: 'live' } }])
    expect(await errorIn(await exchange(value))).toContain('used before')
    await close()
  })

  it('answers 401 to everything', async () => {
    const { oauth, token, revoke, resource, connect, close } = await scene()
    const { access_token: value } = await connect()
    oauth.faults.next({ kind: 'status', status: 401, times: Infinity })
    const statuses = [await token(grant), await revoke(value), await resource(value)].map(({ status }) => status)
    expect(statuses).toEqual([401, 401, 401])
    oauth.faults.clear()
    await tokensIn(await token(grant))
    await close()
  })

  it('keeps the page away from the person', async () => {
    const { oauth, authorizationUrl, fetch, close } = await scene()
    oauth.faults.next({ kind: 'status', status: 503, operation: 'showConsent' })
    oauth.faults.next({ kind: 'status', status: 500, operation: 'decideConsent' })
    expect((await fetch(authorizationUrl())).status).toBe(503)
    await expect(oauth.consent(authorizationUrl(), { allow: true })).rejects.toThrow('The page keeps the browser (500)')
    await close()
  })
})

it('a request is counted with its operation and its token', async () => {
  const { oauth, connect, refresh, revoke, resource } = oauthScene()
  const { access_token: value, refresh_token: next } = await connect()
  await resource(value)
  await refresh(next)
  await revoke('unknown')
  expect(oauth.requests.map(({ operation, token, status }) => [operation, token?.generation, status])).toEqual([
    ['decideConsent', undefined, 303],
    ['issueToken', undefined, 200],
    ['readResource', 1, 200],
    ['issueToken', 1, 200],
    ['revokeToken', undefined, 200],
  ])
})
