import { setImmediate } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createTokenManager, type Fetch } from '@chaveiro/core'
import { defineProvider } from '@chaveiro/core/provider'
import { expect, test } from 'vitest'
import { FakeClock } from '../../src/testing/fake-clock.ts'

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

// A Request follows the signal that it is made with through a weak reference: collected, it hears of nothing any more.
test('a token call that takes too long is aborted at the network, although nobody else holds its request', async () => {
  const heard: unknown[] = []
  const deaf: Fetch = (input) => {
    if (!(input instanceof Request)) throw new TypeError('A token call is a Request.')
    const { signal } = input
    signal.addEventListener('abort', () => heard.push(signal.reason))
    return new Promise(() => {})
  }
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
  await using manager = createTokenManager({ provider, credentials: () => ({}), fetch: deaf, clock })
  const failed = manager
    .account('one')
    .getToken()
    .catch((error: unknown) => error)
  await clock.whenPending(1)
  for (let turn = 0; turn < 20; turn += 1) await setImmediate()
  collectGarbage()
  await setImmediate()
  collectGarbage()
  await clock.advance(15_000)
  expect(await failed).toMatchObject({ code: 'timeout' })
  expect(heard).toEqual([expect.objectContaining({ name: 'TimeoutError' })])
})
