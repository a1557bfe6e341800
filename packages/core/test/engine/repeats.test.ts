import { describe, expect, test } from 'vitest'
import { type ProviderShape, world } from '../support/engine-world.ts'
import { offline, status, tokenAnswer } from '../support/scripted-issuer.ts'

const free: ProviderShape = { canRefresh: false, repeat: 'free' }

describe('an acquire that was answered with an error of the server [E16]', () => {
  test.each([500, 502, 504])('%d is repeated once in the flight where a second acquire is harmless', async (code) => {
    const { issuer, askPatiently } = world({ provider: free })
    issuer.prepare(status(code), tokenAnswer('one'))
    expect(await askPatiently()).toBe('one')
  })

  test('is repeated once, not twice', async () => {
    const { issuer, askPatiently } = world({ provider: free })
    issuer.prepare(status(500), status(500))
    expect(await askPatiently()).toBe('unavailable')
  })

  test.each(['unknown', 'ends-previous'] as const)('is not repeated where a second acquire is %s', async (repeat) => {
    const { issuer, askPatiently } = world({ provider: { ...free, repeat } })
    issuer.prepare(status(500))
    expect(await askPatiently()).toBe('unavailable')
  })
})

test('a call that its spec says is never repeated is not, even if it never left', async () => {
  const { issuer, askPatiently } = world({ provider: { ...free, replay: { acquire: 'never' } } })
  issuer.prepare(offline())
  expect(await askPatiently()).toBe('unavailable')
})

test('a call that its spec says may always be repeated is, whatever a second one does', async () => {
  const { issuer, askPatiently } = world({ provider: { ...free, repeat: 'unknown', replay: { acquire: 'always' } } })
  issuer.prepare(status(500), tokenAnswer('one'))
  expect(await askPatiently()).toBe('one')
})
