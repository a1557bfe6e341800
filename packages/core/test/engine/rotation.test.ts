import { describe, expect, test } from 'vitest'
import { DAY, HOUR, MINUTE, patiently, SECOND, type WorldOptions, world } from '../support/engine-world.ts'
import { mintingIssuer, mintingShape } from '../support/minting-issuer.ts'
import { sharedStore } from '../support/shared-store.ts'

function rotating(options: WorldOptions = {}) {
  const mint = mintingIssuer()
  const made = world({
    ...options,
    provider: { ...mintingShape(), ...options.provider },
    manager: { fetch: mint.fetch, ...options.manager },
  })
  return { ...made, mint }
}

describe('a token that stays until it is revoked', () => {
  test('is replaced first, and revoked after a grace, on a later use [PV09]', async () => {
    const { mint, ask, clock, background } = rotating()
    expect(await ask()).toBe('token-1')
    await clock.advance(29 * DAY + HOUR)
    expect(await ask()).toBe('token-1')
    await background()
    expect(await ask()).toBe('token-2')
    expect(mint.log).toEqual(['mint', 'mint'])

    await clock.advance(4 * MINUTE)
    await ask()
    await background()
    expect(mint.log).toEqual(['mint', 'mint'])

    await clock.advance(MINUTE)
    expect(await ask()).toBe('token-2')
    await background()
    expect(mint.log).toEqual(['mint', 'mint', 'revoke id-1'])
    expect([...mint.live.keys()]).toEqual(['id-2'])
  })

  test('is stored before its predecessor is revoked, and the record remembers what is left to do [PV09]', async () => {
    const store = sharedStore()
    const { ask, clock, background } = rotating({ store })
    await ask()
    await clock.advance(29 * DAY + 5 * HOUR)
    await ask()
    await background()
    const record = JSON.parse([...store.records.values()][0]?.value ?? '')
    expect(record).toMatchObject({ generation: 2, token: { id: 'id-2' }, retiring: [{ id: 'id-1' }] })
    // Another process may use the old one until its own window opens: a fifth of the window of 24 h, and 5 minutes.
    expect(record.retiring[0].from).toBe(clock.now() + 0.2 * DAY + 5 * MINUTE)
  })

  test('is revoked by whichever process comes first when it is due', async () => {
    const store = sharedStore()
    const mint = mintingIssuer()
    const one = rotating({ store, manager: { fetch: mint.fetch } })
    await one.ask()
    await one.clock.advance(29 * DAY + 5 * HOUR)
    await one.ask()
    await one.background()
    await one.manager.close()
    expect([...mint.live.keys()]).toEqual(['id-1', 'id-2'])

    const two = rotating({ store, clock: one.clock, manager: { fetch: mint.fetch } })
    await two.clock.advance(5 * HOUR)
    await two.ask()
    await two.ask()
    await two.background()
    expect([...mint.live.keys()]).toEqual(['id-2'])
    expect(JSON.parse([...store.records.values()][0]?.value ?? '')).not.toHaveProperty('retiring')
  })

  test('is revoked when the manager closes, where nobody shares the store', async () => {
    const { mint, ask, clock, background, manager } = rotating()
    await ask()
    await clock.advance(29 * DAY + HOUR)
    await ask()
    await background()
    await manager.close()
    expect(mint.log).toEqual(['mint', 'mint', 'revoke id-1'])
  })

  test('that cannot be revoked is reported, blocks nobody, and is tried again', async () => {
    const { mint, ask, clock, background, heard } = rotating()
    await ask()
    await clock.advance(29 * DAY + HOUR)
    await ask()
    await background()
    mint.mishaps.revoke.push(500, 500)
    await clock.advance(5 * MINUTE)
    expect(await ask()).toBe('token-2')
    await background()
    expect(heard('revoke.failed')).toMatchObject([{ code: 'unavailable' }])
    await clock.advance(59 * MINUTE)
    await ask()
    await background()
    expect(heard('revoke.failed')).toHaveLength(1)
    await clock.advance(MINUTE)
    await ask()
    await background()
    expect(heard('revoke.failed')).toHaveLength(2)
    await clock.advance(HOUR)
    await ask()
    await background()
    expect([...mint.live.keys()]).toEqual(['id-2'])
  })

  test('that ended by itself meanwhile is left alone', async () => {
    const { mint, ask, clock, background } = rotating()
    await ask()
    await clock.advance(29 * DAY + HOUR)
    await ask()
    await background()
    await clock.advance(DAY)
    await ask()
    await background()
    expect(mint.log).toEqual(['mint', 'mint'])
  })

  test('is not revoked when somebody else made it', async () => {
    const { mint, ask, clock, background, source } = rotating()
    mint.foreign('theirs', '2027-01-01 00:00:00')
    await source.seed({ accessToken: 'their-token', id: 'theirs', expiresAt: clock.now() + HOUR })
    await clock.advance(HOUR)
    expect(await ask()).toBe('token-1')
    await background()
    await clock.advance(10 * MINUTE)
    await ask()
    await background()
    expect(mint.log).toEqual(['mint'])
    expect([...mint.live.keys()]).toEqual(['theirs', 'id-1'])
  })

  test('that a person revoked is replaced at once, and found gone later [PV06]', async () => {
    const { mint, ask, clock, background, source } = rotating()
    const first = await source.getToken()
    mint.live.clear()
    await source.reject(first)
    expect(await ask()).toBe('token-2')
    await clock.advance(5 * MINUTE)
    await ask()
    await background()
    expect(mint.log).toEqual(['mint', 'mint', 'revoke id-1'])
  })

  test('is revoked with all that is left when the account is ended', async () => {
    const { mint, ask, clock, background, source } = rotating()
    await ask()
    await clock.advance(29 * DAY + HOUR)
    await ask()
    await background()
    await source.end()
    expect(mint.log).toEqual(['mint', 'mint', 'revoke id-2', 'revoke id-1'])
    expect(mint.live.size).toBe(0)
  })

  test('is still revoked after somebody has signed in anew', async () => {
    const { mint, ask, clock, background, source } = rotating()
    await ask()
    await clock.advance(29 * DAY + HOUR)
    await ask()
    await background()
    await source.seed({ accessToken: 'three', id: 'theirs', expiresAt: clock.now() + DAY })
    await clock.advance(5 * MINUTE)
    await ask()
    await background()
    expect(mint.log).toEqual(['mint', 'mint', 'revoke id-1'])
  })
})

describe('a lost answer to a mint', () => {
  test('is looked for before another token is made, and revoked [PV04]', async () => {
    const { mint, askPatiently, heard } = rotating()
    mint.mishaps.mint.push('lost-after')
    expect(await askPatiently()).toBe('token-2')
    expect(mint.log).toEqual(['mint', 'list', 'revoke id-1', 'mint'])
    expect([...mint.live.keys()]).toEqual(['id-2'])
    expect(heard('revoke.failed')).toEqual([])
  })

  test('whose call was never applied leads to one more, and is looked for once more later [PV04]', async () => {
    const { mint, askPatiently, ask, clock, background } = rotating()
    mint.mishaps.mint.push('lost-before')
    expect(await askPatiently()).toBe('token-1')
    expect(mint.log).toEqual(['mint', 'list', 'mint'])
    await clock.advance(5 * MINUTE)
    await ask()
    await background()
    expect(mint.log).toEqual(['mint', 'list', 'mint', 'list'])
    await clock.advance(DAY)
    await ask()
    await background()
    expect(mint.log).toHaveLength(4)
  })

  test('leads to no other token while it cannot be looked for [PV04]', async () => {
    const { mint, ask, askPatiently, clock, heard } = rotating()
    mint.mishaps.mint.push('lost-after')
    mint.mishaps.list.push(500, 500)
    expect(await askPatiently()).toBe('unavailable')
    await clock.advance(10 * MINUTE)
    expect(await ask()).toBe('unavailable')
    expect(mint.log).toEqual(['mint', 'list', 'list'])
    expect(heard('revoke.failed')).toHaveLength(2)
    await clock.advance(10 * MINUTE)
    expect(await ask()).toBe('token-2')
    expect([...mint.live.keys()]).toEqual(['id-2'])
  })

  test('is looked for when the manager closes, where nobody else would', async () => {
    const { mint, askPatiently, manager } = rotating()
    mint.mishaps.mint.push('lost-after')
    mint.mishaps.list.push(500)
    expect(await askPatiently()).toBe('unavailable')
    await manager.close()
    expect(mint.log).toEqual(['mint', 'list', 'list', 'revoke id-1'])
    expect(mint.live.size).toBe(0)
  })

  test.each<[string, (expires: string) => [string, string], string]>([
    ['another token has the same end', (expires) => ['theirs', expires], 'conflict'],
    ['the end of another cannot be read', () => ['theirs', 'next month'], 'malformed-response'],
  ])('is reported, and nothing is revoked, where %s [PV04]', async (_, foreign, code) => {
    const { mint, askPatiently, heard } = rotating()
    mint.mishaps.mint.push(code === 'conflict' ? 'lost-after' : 'lost-before')
    mint.beforeAnswer = async () => {
      const first = mint.live.get('id-1')
      mint.beforeAnswer = undefined
      if (first) mint.foreign(...foreign(first.expires))
    }
    if (code !== 'conflict') mint.foreign(...foreign(''))
    expect(await askPatiently()).toMatch(/^token-/)
    expect(heard('revoke.failed')).toMatchObject([{ code }])
    expect(mint.log.filter((entry) => entry.startsWith('revoke'))).toEqual([])
    expect(mint.live.has('theirs')).toBe(true)
  })

  test.each([500, 'unreadable'] as const)('(%s) is cleaned up later, where the call was answered', async (mishap) => {
    const { mint, ask, clock, background } = rotating()
    mint.mishaps.mint.push(mishap)
    await ask()
    await clock.advance(10 * MINUTE)
    await ask()
    await clock.advance(10 * MINUTE)
    await ask()
    await background()
    expect(mint.live.size).toBe(1)
    expect(mint.log).toContain('list')
  })

  test('of a call that was refused is not looked for', async () => {
    const { mint, ask, clock, background } = rotating()
    await ask()
    mint.mishaps.mint.push(401)
    await clock.advance(30 * DAY)
    expect(await ask()).toBe('credentials-rejected')
    await clock.advance(7 * HOUR)
    expect(await ask()).toBe('token-2')
    await clock.advance(10 * MINUTE)
    await ask()
    await background()
    expect(mint.log).not.toContain('list')
  })

  test('is found by the next process through the claim, after that one has stored its own [PV04]', async () => {
    const store = sharedStore()
    const mint = mintingIssuer()
    const one = rotating({ store, manager: { fetch: mint.fetch } })
    // It dies between the answer and its commit: nothing of it is heard again.
    const died = new Promise<never>(() => {})
    mint.beforeAnswer = () => died
    void one.source.getToken().catch(() => {})
    while (mint.live.size === 0) await new Promise((resolve) => setImmediate(resolve))
    mint.beforeAnswer = undefined
    const { claim } = JSON.parse([...store.records.values()][0]?.value ?? '')
    expect(claim.labels).toHaveLength(1)

    const order: string[] = []
    store.afterCommit = (_, next) => void order.push(next?.includes('"token":') ? 'stored' : 'claimed')
    const two = rotating({ store, manager: { fetch: mint.fetch } })
    expect(await two.askPatiently()).toBe('token-2')
    await two.ask()
    await two.background()
    await patiently(two.clock, two.source.status())
    expect(mint.log).toEqual(['mint', 'mint', 'list', 'revoke id-1'])
    expect(order.indexOf('stored')).toBeGreaterThan(-1)
    expect([...mint.live.keys()]).toEqual(['id-2'])
    expect(JSON.parse([...store.records.values()][0]?.value ?? '')).not.toHaveProperty('retiring')
  })

  test('that comes after all wins over the claim that was put over it, and hands on what that one asked for', async () => {
    const store = sharedStore()
    const mint = mintingIssuer()
    const one = rotating({ store, manager: { fetch: mint.fetch } })
    let answer = (): void => {}
    mint.beforeAnswer = () => new Promise<void>((resolve) => (answer = resolve))
    const first = one.source.getToken()
    while (mint.live.size === 0) await new Promise((resolve) => setImmediate(resolve))
    mint.beforeAnswer = undefined

    // Another process takes the claim over, asks, and loses its answer.
    mint.mishaps.mint.push('lost-after')
    mint.mishaps.list.push(500)
    const two = rotating({ store, manager: { fetch: mint.fetch } })
    expect(await two.askPatiently()).toBe('unavailable')
    expect([...mint.live.keys()]).toEqual(['id-1', 'id-2'])
    answer()
    expect((await patiently(one.clock, first)).reveal()).toBe('token-1')
    await one.background()
    expect([...mint.live.keys()]).toEqual(['id-1'])
    await one.clock.advance(10 * MINUTE + SECOND)
    expect(await one.ask()).toBe('token-1')
  })
})
