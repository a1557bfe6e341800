import type { Fetch } from '@chaveiro/core'
import { expect, test } from 'vitest'
import { deferred } from '../support/deferred.ts'
import { SECOND, world } from '../support/engine-world.ts'
import { status, tokenAnswer } from '../support/scripted-issuer.ts'
import { sharedStore } from '../support/shared-store.ts'

test('a token call is a URL and a plain init, and no cache may answer it [E23] [E24]', async () => {
  const calls: Parameters<Fetch>[] = []
  const made = world({
    provider: { canRevoke: true },
    manager: {
      fetch: (...call) => {
        calls.push(call)
        return made.issuer.fetch(...call)
      },
    },
  })
  made.issuer.prepare(tokenAnswer('one'), status(200))
  expect(await made.ask()).toBe('one')
  await made.source.end()
  expect(calls).toHaveLength(2)
  for (const [input, init] of calls) {
    expect(typeof input).toBe('string')
    expect(Object.getPrototypeOf(init)).toBe(Object.prototype)
    expect(init).toMatchObject({ method: 'POST', cache: 'no-store', redirect: 'manual' })
  }
})

test('a call whose time is over while its claim is written again is not sent', async () => {
  const store = sharedStore()
  const reached = deferred<void>()
  const slow = deferred<void>()
  const { issuer, ask, clock, manager } = world({
    store,
    provider: {
      canRefresh: false,
      replay: { acquire: 'never' },
      async acquire(io) {
        reached.resolve()
        await slow.promise
        return { accessToken: await (await io.fetch('https://issuer.example/token', { method: 'POST' })).text() }
      },
    },
  })
  const asked = ask()
  await reached.promise
  // The claim has aged, so it is written again before the request leaves; that takes longer than the call may.
  await clock.advance(12 * SECOND)
  const written = deferred<void>()
  const begun = deferred<void>()
  store.beforeCommit = () => {
    begun.resolve()
    return written.promise
  }
  slow.resolve()
  await begun.promise
  await clock.advance(3 * SECOND)
  store.beforeCommit = undefined
  written.resolve()
  expect(await asked).toBe('timeout')
  await manager.close()
  expect(issuer.requests).toEqual([])
})
