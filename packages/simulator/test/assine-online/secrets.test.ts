import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { simulateAssineOnline } from '../../src/index.ts'
import { createAssineClient, readSession } from './scene.ts'

const credentials = { username: 'user@example.com', password: 'canary-password' }

describe('secrets', () => {
  it('appear in nothing that can be printed', async () => {
    const assine = simulateAssineOnline({ credentials })
    const client = createAssineClient(assine.fetch, assine.url, credentials)
    const { access_token: session, refresh_token } = await readSession(await client.login())
    const made = assine.createByPerson()
    const expires = '2999-01-01 00:00:00'
    const minted = await client.minted(session, { expires })
    const bodies = [
      await client.login({ password: 'canary-password!' }),
      await client.login({}, { grant_type: 'canary-password' }),
      await client.mint(session, { expires: 'canary-password' }),
      await client.mint('canary-password'),
      await client.list(session),
      await client.user(session, `filter=${session}&password=${credentials.password}`),
      await client.signOut(made.accessToken),
    ]
    assine.register({ ...credentials, password: 'canary-password-2' })
    assine.faults.next({ kind: 'status', status: 500 })

    const printed = [
      inspect([assine, made], { depth: Infinity, getters: true }),
      JSON.stringify([assine, made]),
      ...(await Promise.all(bodies.map((body) => body.text()))),
    ].join('\n')
    const secrets = assine.revealSecrets()
    expect(new Set(secrets)).toEqual(
      new Set([
        credentials.password,
        'canary-password-2',
        session,
        refresh_token,
        made.accessToken,
        minted.accessToken,
      ]),
    )
    for (const secret of secrets) expect(printed).not.toContain(secret)
  })

  it('are unique without random numbers', async () => {
    const assine = simulateAssineOnline({ credentials, random: () => 0 })
    const client = createAssineClient(assine.fetch, assine.url, credentials)
    await client.session()
    await client.session()
    assine.createByPerson()
    const secrets = assine.revealSecrets()
    expect([secrets.length, new Set(secrets).size]).toEqual([6, 6])
    for (const token of secrets.slice(1)) expect(token).toMatch(/^[0-9a-f]{40}$/)
  })

  it('can be spread into the options of a client', () => {
    expect({ ...simulateAssineOnline().credentials }).toEqual({
      username: expect.any(String),
      password: expect.any(String),
    })
  })
})
