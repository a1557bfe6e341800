import { expect, test } from 'vitest'
import { EvictedAccounts } from '../../src/engine/evicted-accounts.ts'
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

/** Which of the accounts, evicted in this order, are still remembered where there is room for two. */
function remembered(...accounts: (readonly [name: string, notes: object])[]): string[] {
  const evicted = new EvictedAccounts(2)
  for (const [name, notes] of accounts) evicted.add(name, () => ({ ...notes }))
  return accounts.map(([name]) => name).filter((name) => evicted.take(name) !== undefined)
}

test.each(['notBefore', 'coolDown', 'resent', 'sends'])(
  'a note %s of an evicted account goes when there are too many, the oldest first [E6]',
  (note) => {
    expect(remembered(['a', { [note]: 1 }], ['b', { [note]: 1 }], ['c', { [note]: 1 }])).toEqual(['b', 'c'])
  },
)

test('a pause is forgotten before a denial, however old that is [E6]', () => {
  const pause = { notBefore: 1 }
  const denial = { denials: {}, notBefore: 1 }
  expect(remembered(['a', denial], ['b', pause], ['c', pause])).toEqual(['a', 'c'])
  expect(remembered(['a', denial], ['b', denial], ['c', denial])).toEqual(['b', 'c'])
})

test('what leads to a token at the provider is never forgotten [E6]', () => {
  const lost = { requested: [{}], notBefore: 1 }
  expect(remembered(['a', lost], ['b', { retired: [{}] }], ['c', lost])).toEqual(['a', 'b', 'c'])
})
