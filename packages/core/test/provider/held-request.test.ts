import { setImmediate } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createTokenManager, type Fetch } from '@chaveiro/core'
import { defineProvider, typedClient } from '@chaveiro/core/provider'
import { expect, test } from 'vitest'
import { guardedFetch } from '../../src/kit/guarded-fetch.ts'
import { FakeClock } from '../../src/testing/fake-clock.ts'

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

/** Never answers. Says why it was aborted, and holds nothing but the signal that it was given, as every fetch does. */
function deafFetch(): { fetch: Fetch; heard: unknown[]; signals: unknown[] } {
  const heard: unknown[] = []
  const signals: unknown[] = []
  const fetch: Fetch = (_url, init) => {
    const signal = init?.signal
    signals.push(signal)
    signal?.addEventListener('abort', () => heard.push(signal.reason))
    return new Promise(() => {})
  }
  return { fetch, heard, signals }
}

async function collectAll(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await setImmediate()
  collectGarbage()
  await setImmediate()
  collectGarbage()
}

// A Request follows the signal that it is made with through a weak reference: once collected, it aborts nothing.
test('a token call that takes too long is aborted at the network after a garbage collection', async () => {
  const { fetch, heard } = deafFetch()
  const clock = new FakeClock()
  const server = new URL('https://api.example.com')
  const provider = defineProvider<object>({
    id: 'slow',
    server,
    refreshKind: 'none',
    repeat: 'leaves-token',
    async acquire(io) {
      await io.fetch(new URL('/token', server))
      return { accessToken: 'never' }
    },
  })
  await using manager = createTokenManager({ provider, credentials: () => ({}), fetch, clock })
  const failed = manager
    .account('one')
    .getToken()
    .catch((error: unknown) => error)
  await clock.whenPending(1)
  await collectAll()
  await clock.advance(15_000)
  expect(await failed).toMatchObject({ code: 'timeout' })
  expect(heard).toEqual([expect.objectContaining({ name: 'TimeoutError' })])
})

test('a call of the typed client is aborted at the network by its caller after a garbage collection', async () => {
  const { fetch, heard, signals } = deafFetch()
  const abort = new AbortController()
  const server = new URL('https://api.example.com')
  const client = typedClient<{ '/orders': { get: { responses: { 200: { content: never } } } } }>(server, {
    fetch: guardedFetch({ id: 'slow', server }, { tenant: 'one' }, fetch),
  })
  void client.GET('/orders', { signal: abort.signal })
  await collectAll()
  abort.abort('changed their mind')
  expect(signals).toHaveLength(1)
  expect(heard).toEqual(['changed their mind'])
})
