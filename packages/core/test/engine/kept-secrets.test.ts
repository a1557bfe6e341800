import { setImmediate } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { errorOf, SECOND, type WorldOptions, world } from '../support/engine-world.ts'
import { leakScan } from '../support/leak-scan.ts'
import { tokenAnswer } from '../support/scripted-issuer.ts'
import { sharedStore } from '../support/shared-store.ts'

const JWT = 'canary-jwt-+/=='
const PIN = 'canary-pin-"quoted"'

/** A provider whose answers may bring `jwt` and `pin` with the token. */
function keeping(options: WorldOptions = {}) {
  const store = sharedStore()
  return {
    store,
    ...world({
      store,
      ...options,
      provider: {
        read: (_, { access_token, refresh_token, jwt, pin }) => ({
          accessToken: access_token,
          refreshToken: refresh_token,
          secrets: { jwt, pin },
        }),
        ...options.provider,
      },
    }),
  }
}

describe('a secret that came with a token', () => {
  test('is a Secret of the token, and in its record', async () => {
    const { issuer, source, store } = keeping()
    issuer.prepare(tokenAnswer('one', { jwt: JWT, pin: null }))

    const { secrets } = await source.getToken()

    expect(secrets['jwt']?.reveal()).toBe(JWT)
    expect(secrets['pin']).toBeUndefined()
    expect(JSON.parse([...store.records.values()][0]?.value ?? '')).toMatchObject({ token: { secrets: { jwt: JWT } } })
  })

  test('stays after a refresh that leaves it out, and is replaced by one that brings another', async () => {
    const { issuer, source } = keeping()
    issuer.prepare(
      tokenAnswer('one', { refresh_token: 'r1', jwt: JWT, pin: PIN }),
      tokenAnswer('two', { refresh_token: 'r2' }),
      tokenAnswer('three', { jwt: 'other' }),
    )
    const shown: unknown[] = []
    for (let life = 0; life < 3; life += 1) {
      const { secrets, ...token } = await source.getToken()
      shown.push([secrets['jwt']?.reveal(), secrets['pin']?.reveal()])
      await source.reject({ ...token, secrets, authorize: () => {}, reveal: () => '' })
    }

    expect(shown).toEqual([
      [JWT, PIN],
      [JWT, PIN],
      ['other', PIN],
    ])
  })

  test('is taken by seed(), read by another process, and gone with the account', async () => {
    const one = keeping()
    await one.source.seed({ accessToken: 'brought', secrets: { jwt: JWT }, expiresAt: one.clock.now() + 1000 * SECOND })
    const two = world({ store: one.store, clock: one.clock })

    expect((await two.source.getToken()).secrets['jwt']?.reveal()).toBe(JWT)
    await two.source.end()
    expect([...one.store.records.values()].map(({ value }) => value).join()).not.toContain(JWT)
  })

  test('does not print, nor does an error that repeats it', async () => {
    const { issuer, source, clock, heard } = keeping({ provider: { canAcquire: false } })
    await source.seed({
      accessToken: 'brought',
      refreshToken: 'r1',
      secrets: { jwt: JWT, pin: PIN },
      expiresAt: clock.now() + SECOND,
    })
    const token = await source.getToken()
    await clock.advance(SECOND)
    issuer.prepare(Response.json({ error: `We know ${JWT}`, title: `not ${PIN}` }, { status: 400 }))
    const error = await errorOf(source.getToken())
    await setImmediate()
    const scan = leakScan()
    for (const [label, value] of Object.entries({ token, source, error, heard, secrets: token.secrets }))
      scan.collect(label, value)

    expect(scan.leaks([JWT, PIN])).toEqual([])
  })

  test('in a record that something else wrote is not believed', async () => {
    const { source, store, clock } = keeping()
    await source.seed({ accessToken: 'brought', secrets: { jwt: JWT }, expiresAt: clock.now() + 1000 * SECOND })
    for (const [key, { version, value }] of store.records) {
      store.records.set(key, { version, value: value?.replace(JSON.stringify(JWT), '7') })
    }
    const other = world({ store, clock })

    expect(await errorOf(other.source.getToken())).toMatchObject({ code: 'store' })
  })
})
