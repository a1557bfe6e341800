import { AsyncLocalStorage } from 'node:async_hooks'
import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { simulated } from '../support/simulated-bitize.ts'

test('a listener runs in the asynchronous context of the caller that the event is about', async () => {
  const { manager, source } = await simulated()
  const caller = new AsyncLocalStorage<string>()
  const heard: string[] = []
  manager.on(({ type }) => void heard.push(`${type} ${caller.getStore()}`), { everyCall: true })
  await Promise.all([
    caller.run('first', () => source.fetch('/vendors')),
    caller.run('second', () => source.fetch('/vendors')),
    caller.run('third', () => source.getToken()),
  ])
  await setImmediate()
  expect(heard.sort()).toEqual([
    'refresh.done first',
    'refresh.started first',
    'request.ended first',
    'request.ended second',
    'token.waited first',
    'token.waited second',
    'token.waited third',
  ])
})
