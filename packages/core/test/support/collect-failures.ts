import { setImmediate } from 'node:timers/promises'
import type { BitizeSimulator } from '@chaveiro/simulator'
import { expect } from 'vitest'
import type { FakeClock } from '../../src/testing/fake-clock.ts'
import { leakScan } from './leak-scan.ts'
import { type Simulated, type SimulatedOptions, simulated } from './simulated-bitize.ts'

/** Keys whose secret is looked for. */
export const KEYS = { consumerKey: 'b171ce00-0000-4000-8000-000000000009', secretKey: 'canary kéy "+/=' }

function secretsOf(bitize: BitizeSimulator): string[] {
  return bitize.revealSecrets().filter((text) => text !== KEYS.consumerKey)
}

/** Moves the clock on until the promise settles: hangs, pauses and timeouts go by. */
export async function outcome(clock: FakeClock, promise: Promise<unknown>): Promise<unknown> {
  let isDone = false
  const settled = promise.then(
    (value) => value,
    (error: unknown) => error,
  )
  void settled.then(() => (isDone = true))
  while (!isDone) {
    await setImmediate()
    await clock.advance(500)
  }
  return settled
}

/** Uses an account in every way while things go wrong, and collects whatever could be printed. */
export async function collectFailures(
  options: SimulatedOptions,
  prepare: (world: Simulated) => unknown,
): Promise<{ leaks: string[]; failures: number }> {
  const scan = leakScan()
  const world = await simulated({ ...options, simulator: { credentials: KEYS, ...options.simulator } })
  const { bitize, source, clock, events, manager } = world
  let failures = 0
  const use = async (label: string, act: () => Promise<unknown>): Promise<void> => {
    const result = await outcome(clock, act())
    if (result instanceof Error) failures += 1
    scan.collect(label, result)
  }
  await prepare(world)
  await use('getToken', () => source.getToken())
  await use('a newer one', async () => source.getToken({ newerThan: await source.getToken(), staleIfError: false }))
  await use('fetch', () => source.fetch('/vendors'))
  await clock.advance(86_400_000)
  await use('getToken after a day', () => source.getToken({ timeoutMs: 100_000 }))
  await use('fetch after a day', () => source.fetch('/vendors', { method: 'POST', body: '{}' }))
  await use('status', () => source.status())
  await use('warm', () => manager.warm(['seller-1', 'seller-2']))
  await use('end', () => source.end({ revoke: 'require' }))
  await use('close', () => manager.close())
  scan.collect('events', events)
  scan.collect('source', source)
  scan.collect('manager', manager)
  expect(scan.size).toBeGreaterThan(50)
  return { leaks: scan.leaks(secretsOf(bitize)), failures }
}
