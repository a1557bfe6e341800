import { expect, test } from 'vitest'
import { processScenarios } from '../scenarios/process-scenarios.ts'
import { SECOND, world } from '../support/engine-world.ts'
import { fleet } from '../support/fleet.ts'
import { tokenAnswer } from '../support/scripted-issuer.ts'
import { sharedStore } from '../support/shared-store.ts'

processScenarios(sharedStore)

test('a claim hands on what it carries to the process that takes it over', async () => {
  const { issuer, join, value, store } = await fleet()
  const [key = ''] = store.records.keys()
  const claim = { owner: 'dead', generation: 7, ttlMs: 1_000, labels: [5] }
  store.records.set(key, { version: 'v', value: JSON.stringify({ ...(await value()), claim }) })
  const b = join()
  const answer = issuer.hold()
  const asked = b.askPatiently()
  await answer.asked
  expect((await value())['claim']).toMatchObject({ generation: 8, labels: [5], ttlMs: 25 * SECOND })
  answer.give(tokenAnswer('of-b'))
  expect(await asked).toBe('of-b')
  expect(await value()).toMatchObject({ generation: 8 })
})

test('an account is not evicted from memory while its flight runs: the next caller joins [MP22]', async () => {
  const { issuer, manager, source } = world({ manager: { maxAccounts: 1 } })
  const answer = issuer.hold()
  const first = source.getToken()
  await answer.asked
  manager.account('another')
  manager.account('a third')
  const second = manager.account('seller').getToken()
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve))
  answer.give(tokenAnswer('one'))
  expect((await first).reveal()).toBe('one')
  expect((await second).reveal()).toBe('one')
  expect(issuer.requests).toHaveLength(1)
})
