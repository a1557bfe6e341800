import { attemptsOf } from '@chaveiro/core'
import { expect, test } from 'vitest'
import { type World, type WorldOptions, world } from '../support/engine-world.ts'
import { status, tokenAnswer } from '../support/scripted-issuer.ts'

const ITEMS = 'https://issuer.example/items'
const ABOUT = { provider: 'example', account: { tenant: 'seller' } }

/** An account with a token, whose API is at the issuer too. */
async function signedIn(options: WorldOptions = {}): Promise<World> {
  const made = world({ ...options, manager: { random: () => 0.5, ...options.manager } })
  made.issuer.prepare(tokenAnswer('one'))
  await made.source.getToken()
  made.events.length = 0
  return made
}

test('a request that was tried again is told with its attempts, its status and how long it took', async () => {
  const { issuer, source, until, events, clock } = await signedIn()
  issuer.prepare(status(503), status(200))
  const before = clock.monotonic()
  expect((await until(source.fetch(ITEMS))).status).toBe(200)
  await Promise.resolve()
  const durationMs = clock.monotonic() - before
  expect(events).toEqual([{ ...ABOUT, type: 'request.retried', attempts: 2, status: 200, durationMs }])
})

test('a request that came to nothing is told too, and one that was refused for good is not', async () => {
  const { issuer, source, until, events } = await signedIn({ manager: { retry: { maxAttempts: 2 } } })
  issuer.prepare(status(404), status(500), status(500))
  expect((await until(source.fetch(ITEMS))).status).toBe(404)
  expect((await until(source.fetch(ITEMS))).status).toBe(500)
  await Promise.resolve()
  expect(events).toMatchObject([
    { ...ABOUT, type: 'request.retried', attempts: 2, status: 500 },
    { ...ABOUT, type: 'request.failed', attempts: 2, status: 500 },
  ])
})

test('a request that was sent again with a new token says which', async () => {
  const { issuer, source, heard } = await signedIn()
  issuer.prepare(status(401), tokenAnswer('two'), status(200))
  expect((await source.fetch(ITEMS)).status).toBe(200)
  await Promise.resolve()
  expect(heard('token.rejected')).toMatchObject([{ ...ABOUT, generation: 1 }])
  expect(heard('request.replayed')).toMatchObject([{ ...ABOUT, generation: 2 }])
  expect(heard('request.failed')).toEqual([])
})

test('a 401 whose token could not be replaced carries the reason', async () => {
  const { issuer, source } = await signedIn({ provider: { canRefresh: false } })
  issuer.prepare(status(401), status(403))
  // No time passes: the mark of the denied keys is a digest, which no clock waits for.
  const response = await source.fetch(ITEMS)
  expect(response.status).toBe(401)
  expect(attemptsOf(response)?.tokenFailure).toEqual({ code: 'credentials-rejected', action: 'reauthorize' })
})
