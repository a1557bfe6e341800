import { describe, expect, test } from 'vitest'
import { SECOND } from '../support/engine-world.ts'
import { fleet } from '../support/fleet.ts'
import { status, tokenAnswer } from '../support/scripted-issuer.ts'

describe('a late answer', () => {
  test('to a claim that was taken over is committed while the other is still asking [MP06]', async () => {
    const { issuer, join, value } = await fleet({ canRevoke: true })
    const [a, b] = [join(), join()]
    const toA = issuer.hold()
    const first = a.ask()
    await toA.asked
    const toB = issuer.hold()
    const second = b.askPatiently()
    await toB.asked
    toA.give(tokenAnswer('of-a', { refresh_token: 'r-a' }))
    expect(await first).toBe('of-a')
    // Above the number that B's answer will carry: two answers never share one.
    expect(value()).toMatchObject({ generation: 4, token: { accessToken: 'of-a' } })
    expect(value()['claim']).toBeUndefined()
    issuer.prepare(status(200))
    toB.give(tokenAnswer('of-b', { refresh_token: 'r-b' }))
    expect(await second).toBe('of-a')
    expect(issuer.sent()).toEqual([{ refresh: 'r1' }, { key: 'key-1' }, { revoke: 'of-b' }])
    expect((await a.source.getToken()).generation).toBe((await b.source.getToken()).generation)
  })

  test('after the other has stored its own is revoked, and that one adopted [MP06]', async () => {
    const { issuer, join, value } = await fleet({ canRevoke: true })
    const [a, b] = [join(), join()]
    const toA = issuer.hold()
    const first = a.ask()
    await toA.asked
    issuer.prepare(tokenAnswer('of-b'))
    expect(await b.askPatiently()).toBe('of-b')
    issuer.prepare(status(200))
    toA.give(tokenAnswer('of-a'))
    expect(await first).toBe('of-b')
    expect(issuer.sent().at(-1)).toEqual({ revoke: 'of-a' })
    expect(value()).toMatchObject({ generation: 3, token: { accessToken: 'of-b' } })
  })

  test('does not come back after the record was deleted and made anew [MP23]', async () => {
    const { issuer, join, value } = await fleet({ canRevoke: true })
    const [a, b] = [join(), join()]
    const toA = issuer.hold()
    const first = a.ask()
    await toA.asked
    await b.source.end({ revoke: 'skip' })
    await b.source.seed({ accessToken: 'new-login', expiresAt: b.clock.now() + 1_000 * SECOND })
    const { lineage } = await b.source.getToken()
    issuer.prepare(status(200))
    toA.give(tokenAnswer('of-a'))
    expect(await first).toBe('new-login')
    expect(issuer.sent().at(-1)).toEqual({ revoke: 'of-a' })
    expect(value()).toMatchObject({ lineage, generation: 1, token: { accessToken: 'new-login' } })
  })

  test('is kept in memory when the store cannot even say whether somebody else was faster', async () => {
    const { issuer, join, store } = await fleet()
    const a = join()
    const toA = issuer.hold()
    const first = a.ask()
    await toA.asked
    const [key = ''] = store.records.keys()
    store.records.set(key, { version: 'another claim', value: store.records.get(key)?.value })
    store.beforeRead = () => {
      throw new Error('down')
    }
    toA.give(tokenAnswer('of-a'))
    expect(await first).toBe('of-a')
    expect(await a.source.status()).toMatchObject({ persisted: false })
    store.beforeRead = undefined
    await a.clock.advance(SECOND)
    await a.ask()
    await a.background()
    expect(await a.source.status()).toMatchObject({ persisted: true })
  })
})
