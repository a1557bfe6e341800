import type { ProviderIo } from '@chaveiro/core/provider'
import { expect, test } from 'vitest'
import { type GuardedServices, guardedIo } from '../../src/call/guarded-io.ts'
import { FakeClock } from '../../src/testing/fake-clock.ts'

const SERVER = new URL('https://api.example.com')

test.each<[string, (io: ProviderIo) => Promise<unknown>]>([
  ['fetch', (io) => io.fetch(SERVER)],
  ['noteRequestedExpiry', (io) => io.noteRequestedExpiry(0)],
  ['token', (io) => io.token('parent')],
])('an abandoned call begins nothing more: io.%s says why, and sends nothing', async (_, begin) => {
  const asked: string[] = []
  const ask = (what: string) => async (): Promise<never> => {
    asked.push(what)
    throw new Error('unexpected')
  }
  const controller = new AbortController()
  const services: GuardedServices = {
    provider: { id: 'guarded', server: SERVER },
    fetch: ask('fetch'),
    clock: new FakeClock(),
    clockOffsetMs: () => 0,
    parentToken: ask('token'),
    emit: () => void asked.push('event'),
  }
  const { io } = guardedIo(services, {
    account: { tenant: 'one' },
    signal: controller.signal,
    secrets: [],
    noteRequestedExpiry: ask('noteRequestedExpiry'),
    beforeSending: ask('claim'),
    onSent: () => void asked.push('sent'),
  })
  const reason = new DOMException('Too late.', 'TimeoutError')
  controller.abort(reason)
  await expect(begin(io)).rejects.toBe(reason)
  expect(asked).toEqual([])
})
