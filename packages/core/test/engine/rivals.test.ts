import { ChaveiroError } from '@chaveiro/core'
import { memoryStore } from '@chaveiro/core/shared'
import { describe, expect, it } from 'vitest'
import { world } from '../support/engine-world.ts'
import { scriptedIssuer, tokenAnswer } from '../support/scripted-issuer.ts'
import { watchedStore } from '../support/watched-store.ts'

/** A shared store that reports a conflict to every commit that `isRefused`. */
function contested(isRefused: () => boolean) {
  const inner = memoryStore()
  const asked: number[] = []
  const store = watchedStore({
    ...inner,
    async commit(key, next, expected) {
      asked.push(asked.length)
      if (isRefused()) throw new ChaveiroError('conflict', 'Changed in the meantime.')
      return inner.commit(key, next, expected)
    },
  })
  return { store, asked }
}

const CONTESTED = expect.objectContaining({
  code: 'store',
  message: expect.stringContaining('The store reported a conflict 20 times in a row.'),
})

describe('a store that reports a conflict to every commit', () => {
  it.each([
    ['getToken()', (one: ReturnType<typeof world>) => one.source.getToken()],
    ['seed()', (one: ReturnType<typeof world>) => one.source.seed({ accessToken: 'seeded' })],
    ['end()', (one: ReturnType<typeof world>) => one.source.end()],
  ])('ends %s with an error, after a counted number of tries with pauses between them', async (_, use) => {
    let isRefused = false
    const { store, asked } = contested(() => isRefused)
    const issuer = scriptedIssuer()
    const one = world({ store, issuer })
    if (use.toString().includes('end')) await one.source.seed({ accessToken: 'seeded' })
    const before = asked.length
    isRefused = true
    const began = one.clock.monotonic()
    const end = use(one).then(
      () => 'done',
      (error: unknown) => error,
    )
    expect(await one.until(end)).toEqual(CONTESTED)
    expect(asked.length - before).toBe(20)
    expect(one.clock.monotonic() - began).toBeGreaterThan(3_000)
    expect(one.clock.monotonic() - began).toBeLessThan(10_000)
    expect(issuer.requests).toEqual([])
  })

  it('after the provider has answered gives out the token, which is then not stored', async () => {
    let isRefused = false
    const { store, asked } = contested(() => isRefused)
    const issuer = scriptedIssuer()
    const one = world({ store, issuer })
    const answer = issuer.hold()
    const asking = one.ask()
    await answer.asked
    const before = asked.length
    isRefused = true
    answer.give(tokenAnswer('one'))
    expect(await one.until(asking)).toBe('one')
    expect(asked.length - before).toBe(20)
    expect(await one.source.status()).toMatchObject({ persisted: false, state: 'fresh' })
  })
})

it('a few conflicts in a row, as other processes cause them, end in a token', async () => {
  let left = 6
  const { store } = contested(() => {
    left -= 1
    return left >= 0
  })
  const issuer = scriptedIssuer()
  issuer.prepare(tokenAnswer('one'))
  const one = world({ store, issuer })
  expect(await one.until(one.ask())).toBe('one')
  expect(issuer.requests).toHaveLength(1)
})
