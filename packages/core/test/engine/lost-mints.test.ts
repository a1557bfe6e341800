import { describe, expect, test } from 'vitest'
import { DAY, HOUR, MINUTE, patiently, SECOND } from '../support/engine-world.ts'
import { mintingIssuer } from '../support/minting-issuer.ts'
import { rotating } from '../support/rotating-world.ts'
import { sharedStore } from '../support/shared-store.ts'

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

  test('is looked for when the manager closes, if no other process would do so', async () => {
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
    const { claim, notes } = JSON.parse([...store.records.values()][0]?.value ?? '')
    expect(claim).toBeDefined()
    expect(notes.requested).toHaveLength(1)

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
    expect(JSON.parse([...store.records.values()][0]?.value ?? '')).not.toHaveProperty('notes')
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
