import { expect, test } from 'vitest'
import { deferred } from '../support/deferred.ts'
import { DAY, errorOf, HOUR, MINUTE, type ProviderShape, SECOND } from '../support/engine-world.ts'
import { mintingShape } from '../support/minting-issuer.ts'
import { rotating } from '../support/rotating-world.ts'
import { sharedStore } from '../support/shared-store.ts'

test('a token that was made although its answer was a redirect is looked for and revoked', async () => {
  const { mint, ask, askPatiently, clock } = redirected()
  expect(await ask()).toBe('misconfigured')
  expect([...mint.live.keys()]).toEqual(['id-1'])
  await clock.advance(10 * MINUTE)
  expect(await askPatiently()).toBe('token-2')
  expect(mint.log).toEqual(['mint', 'list', 'revoke id-1', 'mint'])

  function redirected() {
    let isFirst = true
    const made = rotating({
      manager: {
        fetch: async (input, init) => {
          const answer = await made.mint.fetch(input, init)
          if (!isFirst) return answer
          isFirst = false
          return new Response(null, { status: 302, headers: { location: 'https://issuer.example/welcome' } })
        },
      },
    })
    return made
  }
})

test('nothing is looked for when everyone had left before the call was sent', async () => {
  const begun = deferred<void>()
  let isFirst = true
  const minting = mintingShape()
  const acquire: ProviderShape['acquire'] = async (io, ...rest) => {
    if (isFirst) {
      isFirst = false
      await io.noteRequestedExpiry(io.now + 30 * DAY)
      begun.resolve()
      await new Promise(() => {})
    }
    if (!minting.acquire) throw new Error('It can acquire.')
    return minting.acquire(io, ...rest)
  }
  const { mint, source, askPatiently } = rotating({ provider: { acquire } })
  const abort = new AbortController()
  const gone = errorOf(source.getToken({ signal: abort.signal }))
  await begun.promise
  abort.abort(new Error('gone'))
  expect(await gone).toMatchObject({ message: 'gone' })
  expect(await askPatiently()).toBe('token-1')
  expect(mint.log).toEqual(['mint'])
})

test('the token in use is not taken for a lost one that was asked for with the same end', async () => {
  const made = rotating({ provider: sameEnd() })
  const { mint, ask, askPatiently, clock, heard } = made
  expect(await ask()).toBe('token-1')
  await clock.advance(DAY - HOUR)
  mint.mishaps.mint.push('lost-after')
  const old = await made.source.getToken()
  expect(await askPatiently({ newerThan: old })).toBe('token-3')
  expect(heard('revoke.failed')).toEqual([])
  expect([...mint.live.keys()]).toEqual(['id-1', 'id-3'])

  /** Every call asks for the same end. */
  function sameEnd(): ProviderShape {
    const shape = mintingShape()
    return {
      async acquire(io) {
        const expires = '2026-02-01 00:00:00'
        await io.noteRequestedExpiry(Date.UTC(2026, 1, 1))
        const body = JSON.stringify({ expires })
        const response = await io.fetch('https://issuer.example/tokens', { method: 'POST', body })
        const { token, id } = await response.json()
        return { accessToken: token, id, expiresAt: Date.UTC(2026, 1, 1) }
      },
      ...(shape.list && { list: shape.list }),
    }
  }
})

test('a call does not leave if the store does not take what its token is found by', async () => {
  const store = sharedStore()
  const { mint, askPatiently } = rotating({ store })
  let commits = 0
  store.beforeCommit = () => {
    commits += 1
    if (commits > 1) throw new Error('disk full')
  }
  expect(await askPatiently()).toBe('store')
  expect(mint.log).toEqual([])
})

test('what a process could not write does not displace what another one has written since', async () => {
  const store = sharedStore()
  const two = rotating({ store })
  const { mint, clock } = two
  // The claim is not given back.
  store.beforeCommit = (_, next) => {
    if (next?.includes('"claim"') === false) throw new Error('disk full')
  }
  mint.mishaps.mint.push('unreadable', 'unreadable')
  expect(await two.askPatiently()).toBe('malformed-response')
  store.beforeCommit = undefined
  await clock.advance(2 * MINUTE)
  const one = rotating({ store, clock, manager: { fetch: mint.fetch } })
  mint.mishaps.mint.push('unreadable', 'unreadable')
  expect(await one.askPatiently()).toBe('malformed-response')
  await clock.advance(SECOND)
  expect(await two.askPatiently()).toBe('token-5')
  await clock.advance(10 * MINUTE)
  expect(await one.askPatiently()).toBe('token-5')
  expect([...mint.live.keys()]).toEqual(['id-5'])
})
