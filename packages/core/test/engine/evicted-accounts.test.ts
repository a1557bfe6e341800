import { expect, test } from 'vitest'
import { HOUR, outcome, world } from '../support/engine-world.ts'
import { status, tokenAnswer } from '../support/scripted-issuer.ts'

test('keys that were denied stay denied when other accounts push theirs out of memory [MT01]', async () => {
  const { issuer, manager, clock } = world({ manager: { maxAccounts: 1 }, provider: { canRefresh: false } })
  const ask = (name: string) => outcome(manager.account(name).getToken())
  issuer.prepare(status(401))
  expect(await ask('denied')).toBe('credentials-rejected')
  issuer.prepare(tokenAnswer('other'))
  expect(await ask('other')).toBe('other')
  expect(manager.accounts()).toHaveLength(1)
  expect(await ask('denied')).toBe('credentials-rejected')
  expect(issuer.requests).toHaveLength(2)
  await clock.advance(6 * HOUR)
  issuer.prepare(tokenAnswer('denied'))
  expect(await ask('denied')).toBe('denied')
})
