import { getEventListeners, once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { attemptsOf, type Fetch, retryFetch } from '../../src/retry/index.ts'
import { FakeClock } from '../../src/testing/fake-clock.ts'
import { httpServer } from './loopback.ts'
import { withoutWaiting } from './without-waiting.ts'

const API = 'https://api.example.com/'

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

function listenersOf(signal: AbortSignal): number {
  return getEventListeners(signal, 'abort').length
}

/** Collects garbage until `isDone`, giving the finalizers their turns. */
async function collectUntil(isDone: () => boolean): Promise<void> {
  for (let round = 0; round < 100 && !isDone(); round += 1) {
    collectGarbage()
    await new Promise((resolve) => setImmediate(resolve))
  }
}

describe('the caller’s abort', () => {
  test('before the call sends nothing, and surfaces by identity', async () => {
    const reason = { my: 'reason' }
    const call = retryFetch(() => expect.fail('it was sent'), withoutWaiting())(API, {
      signal: AbortSignal.abort(reason),
    })
    await expect(call).rejects.toBe(reason)
  })

  test('during an attempt surfaces by identity, also under a fetch that does not heed it', async () => {
    const abort = new AbortController()
    const call = retryFetch(() => new Promise(() => {}), withoutWaiting())(API, { signal: abort.signal })
    const reason = new Error('changed my mind')
    abort.abort(reason)
    await expect(call).rejects.toBe(reason)
    expect(attemptsOf(reason)).toMatchObject({ attempts: 1, giveUp: 'aborted' })
  })

  test('is not replaced by what the fetch throws', async () => {
    const abort = new AbortController()
    const fetch: Fetch = (_input, init) =>
      new Promise((_, reject) =>
        init?.signal?.addEventListener('abort', () => reject(new Error('AbortError of its own'))),
      )
    const call = retryFetch(fetch, withoutWaiting())(API, { signal: abort.signal })
    abort.abort('enough')
    await expect(call).rejects.toBe('enough')
  })

  test('is not taken for a timeout, whatever its reason is called', async () => {
    const abort = new AbortController()
    let calls = 0
    const fetch: Fetch = () => {
      calls += 1
      return new Promise(() => {})
    }
    const call = retryFetch(fetch, withoutWaiting())(API, { signal: abort.signal })
    const reason = new DOMException('mine', 'TimeoutError')
    abort.abort(reason)
    await expect(call).rejects.toBe(reason)
    expect(calls).toBe(1)
  })

  test('during a wait ends it at once', async () => {
    const clock = new FakeClock()
    const abort = new AbortController()
    const fetch = retryFetch(async () => new Response(null, { status: 503 }), { clock, random: () => 1 })
    const call = fetch(API, { signal: abort.signal })
    await clock.whenPending(1)
    abort.abort('enough')
    await expect(call).rejects.toBe('enough')
    expect(clock.pending).toBe(0)
    expect(listenersOf(abort.signal)).toBe(0)
  })

  test('comes from the Request too, and from the init instead of it', async () => {
    const [ofRequest, ofInit] = [new AbortController(), new AbortController()]
    const fetch = retryFetch(() => new Promise(() => {}), withoutWaiting())
    const request = new Request(API, { signal: ofRequest.signal })
    const first = fetch(request)
    const second = fetch(request, { signal: ofInit.signal })
    const unstoppable = fetch(request, { signal: null })
    ofRequest.abort('by the request')
    ofInit.abort('by the init')
    await expect(first).rejects.toBe('by the request')
    await expect(second).rejects.toBe('by the init')
    expect(await Promise.race([unstoppable, new Promise((resolve) => setImmediate(resolve, 'running'))])).toBe(
      'running',
    )
  })

  test.each([
    ['while its Request lives', false],
    ['after its Request was collected', true],
  ])('ends the reading of the body, %s', async (_name, collects) => {
    const { url } = await httpServer((response) => response.write('first '))
    const abort = new AbortController()
    const fetch = retryFetch(globalThis.fetch, withoutWaiting())
    const response = await (collects
      ? fetch(new Request(url, { signal: abort.signal }))
      : fetch(url, { signal: abort.signal }))
    const text = response.text()
    for (let round = 0; round < 5; round += 1) {
      collectGarbage()
      await new Promise((resolve) => setImmediate(resolve))
    }
    abort.abort('enough')
    await expect(text).rejects.toBe('enough')
  })

  test('ends the reading of the body when every timeout is off', async () => {
    const { url } = await httpServer((response) => response.write('first '))
    const abort = new AbortController()
    const options = { ...withoutWaiting(), attemptTimeoutMs: false, timeoutMs: false } as const
    const response = await retryFetch(globalThis.fetch, options)(url, { signal: abort.signal })
    const text = response.text()
    abort.abort('enough')
    await expect(text).rejects.toBe('enough')
  })

  test('of an attempt that nothing else holds still arrives', async () => {
    const abort = new AbortController()
    const fetch = retryFetch(() => new Promise(() => {}), { attemptTimeoutMs: false, timeoutMs: false })
    const call = fetch(API, { signal: abort.signal })
    for (let round = 0; round < 5; round += 1) {
      collectGarbage()
      await new Promise((resolve) => setImmediate(resolve))
    }
    abort.abort('enough')
    await expect(call).rejects.toBe('enough')
  })
})

describe('[CX05] 10 000 calls on one signal', () => {
  test('have one listener while they run, and none afterwards', async () => {
    const { signal } = new AbortController()
    let release = (): void => {}
    const gate = new Promise<void>((resolve) => {
      release = resolve
    })
    const fetch = retryFetch(async () => {
      await gate
      return new Response(null, { status: 204 })
    })
    const calls = Array.from({ length: 10_000 }, () => fetch(API, { signal }))
    expect(listenersOf(signal)).toBe(1)
    release()
    await Promise.all(calls)
    expect(listenersOf(signal)).toBe(0)
  })

  test('leave none when they fail', async () => {
    const { signal } = new AbortController()
    const fetch = retryFetch(() => Promise.reject(new Error('no')))
    await Promise.allSettled(Array.from({ length: 10_000 }, () => fetch(API, { signal })))
    expect(listenersOf(signal)).toBe(0)
  })

  test('that wait for their retry share one too', async () => {
    const clock = new FakeClock()
    const { signal } = new AbortController()
    let calls = 0
    const fetch = retryFetch(
      async () => {
        calls += 1
        return new Response(null, { status: calls > 1_000 ? 204 : 503 })
      },
      { clock, budgetTokens: Number.MAX_SAFE_INTEGER, timeoutMs: false },
    )
    const waiting = Array.from({ length: 1_000 }, () => fetch(API, { signal }))
    await clock.whenPending(1_000)
    expect(listenersOf(signal)).toBe(1)
    await clock.run(Promise.all(waiting))
    expect(listenersOf(signal)).toBe(0)
  })

  test('keep one for the bodies that are still to be read, and none when those are gone', async () => {
    const { signal } = new AbortController()
    const fetch = retryFetch(async () => new Response('some text'))
    const texts = await Promise.all(Array.from({ length: 10_000 }, async () => (await fetch(API, { signal })).text()))
    expect(texts).toHaveLength(10_000)
    expect(listenersOf(signal)).toBeLessThanOrEqual(1)
    await collectUntil(() => listenersOf(signal) === 0)
    expect(listenersOf(signal)).toBe(0)
  })

  test('leave the heap where it was', { timeout: 120_000 }, async () => {
    const { signal } = new AbortController()
    const fetch = retryFetch(async () => new Response('some text'))
    const round = async (): Promise<number> => {
      for (let nth = 0; nth < 10_000; nth += 1) await (await fetch(API, { signal })).text()
      await collectUntil(() => listenersOf(signal) === 0)
      collectGarbage()
      return process.memoryUsage().heapUsed
    }
    // The first rounds grow tables to their largest size, once.
    await round()
    await round()
    const before = await round()
    const after = await round()
    // One kept listener or controller for each of the calls would be more than one MiB.
    expect(after - before).toBeLessThan(300_000)
  })
})

describe('a late answer', () => {
  test('to an attempt that timed out is freed, and does no harm', async () => {
    const clock = new FakeClock()
    let answer = (_response: Response): void => {}
    const cancelled: unknown[] = []
    const late = new ReadableStream({ cancel: (reason) => void cancelled.push(reason) })
    const fetch = retryFetch(() => new Promise((resolve) => (answer = resolve)), { clock, maxAttempts: 1 })
    const call = fetch(API).catch((error: unknown) => error)
    await clock.advance(30_000)
    expect(await call).toHaveProperty('name', 'TimeoutError')
    answer(new Response(late))
    await clock.advance(250)
    expect(cancelled).toHaveLength(1)
    expect(clock.pending).toBe(0)
  })
})

describe('sockets', () => {
  test('[RJ12] of discarded responses are used again', async () => {
    const { url, received } = await httpServer((response, _request, nth) => {
      response.writeHead(nth < 10 ? 503 : 200).end('x'.repeat(60_000))
    })
    const response = await retryFetch(fetch, { ...withoutWaiting(), maxAttempts: 10 })(url)
    await response.text()
    expect(received).toHaveLength(10)
    // Node frees a connection one turn of the event loop after its response; without any wait, two take turns.
    expect(new Set(received.map(({ socket }) => socket)).size).toBeLessThanOrEqual(2)
  })

  test('of discarded responses that go on forever are closed', async () => {
    let hanging: ServerResponse | undefined
    const { url } = await httpServer((response, _request, nth) => {
      if (nth === 2) return response.end('ok')
      hanging = response.writeHead(503)
      const more = (): void => {
        while (hanging?.write('x'.repeat(65_536)));
      }
      hanging.on('drain', more)
      more()
      return undefined
    })
    const response = await retryFetch(fetch, withoutWaiting())(url)
    expect(await response.text()).toBe('ok')
    if (hanging && !hanging.closed) await once(hanging, 'close')
  })

  test('of discarded responses that stop in the middle are closed after 250 ms', async () => {
    const clock = new FakeClock()
    let hanging: ServerResponse | undefined
    const { url } = await httpServer((response, _request, nth) => {
      if (nth === 2) return response.end('ok')
      hanging = response.writeHead(503)
      return hanging.write('and then')
    })
    const call = retryFetch(fetch, { clock, baseMs: 0, timeoutMs: false, attemptTimeoutMs: false })(url)
    await clock.whenPending(1)
    expect(clock.nextTimerMs).toBe(250)
    await clock.advance(250)
    expect(await (await call).text()).toBe('ok')
    if (hanging && !hanging.closed) await once(hanging, 'close')
  })
})
