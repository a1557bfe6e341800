import { memoryStore, shared } from '@chaveiro/core/shared'
import { expect, it } from 'vitest'
import { knownSecrets } from '../src/accounts/known-secrets.ts'

const ACCOUNT = {
  v: 1,
  provider: 'bitize',
  name: 'default',
  server: 'test',
  inputs: { key: 'typed', id: 'open' },
} as const
const FACTS = {
  key: { env: 'KEY', secret: true, description: '' },
  id: { env: 'ID', description: '' },
} as const

/** Commits a record with two new secrets, as a renewal does. */
function renewals() {
  const { store, list } = knownSecrets(shared(memoryStore()), ACCOUNT, FACTS)
  let version: string | null = null
  const renew = async (turn: number): Promise<void> => {
    const record = { accessToken: `access-${turn}`, refreshToken: `refresh-${turn}` }
    version = await store.commit('account', JSON.stringify(record), version)
  }
  return { renew, list }
}

it('knows the secret inputs and the last tokens, however often they were renewed', async () => {
  const { renew, list } = renewals()
  for (let turn = 1; turn <= 1_000; turn += 1) await renew(turn)
  const known = list()
  expect(known.length).toBeLessThan(50)
  for (const secret of ['typed', 'access-1000', 'refresh-1000', 'access-990', 'refresh-990']) {
    expect(known).toContain(secret)
  }
  expect(known).not.toContain('open')
  expect(known).not.toContain('access-1')
})

it('gives the same list until there is something new', async () => {
  const { renew, list } = renewals()
  await renew(1)
  const before = list()
  expect(list()).toBe(before)
  await renew(2)
  expect(list()).not.toBe(before)
  expect(list()).toEqual(['typed', 'access-1', 'refresh-1', 'access-2', 'refresh-2'])
})
