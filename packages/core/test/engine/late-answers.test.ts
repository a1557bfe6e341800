import { expect, test } from 'vitest'
import { lateAnswerScenarios } from '../scenarios/late-answer-scenarios.ts'
import { SECOND } from '../support/engine-world.ts'
import { fleet } from '../support/fleet.ts'
import { tokenAnswer } from '../support/scripted-issuer.ts'
import { sharedStore } from '../support/shared-store.ts'

lateAnswerScenarios(sharedStore)

test('a late answer is kept in memory when the store cannot say whether another process was faster', async () => {
  const { issuer, join, store } = await fleet()
  const a = join()
  const toA = issuer.hold()
  const first = a.ask()
  await toA.asked
  const [key = ''] = store.records.keys()
  store.records.set(key, { version: 'another claim', value: store.records.get(key)?.value })
  store.beforeRead = () => {
    throw new Error('down')
  }
  toA.give(tokenAnswer('of-a'))
  expect(await first).toBe('of-a')
  expect(await a.source.status()).toMatchObject({ persisted: false })
  store.beforeRead = undefined
  await a.clock.advance(SECOND)
  await a.ask()
  await a.background()
  expect(await a.source.status()).toMatchObject({ persisted: true })
})
