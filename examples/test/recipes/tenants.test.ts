import type { BitizeInputs } from '@chaveiro/bitize'
import { expect, it, onTestFinished } from 'vitest'
import { customers } from '../../recipes/tenants/tenants.ts'
import { bitizeForTest } from './support/bitize.ts'

const keysOf = (index: number) => ({
  consumerKey: `b171ce00-0000-4000-8000-00000000010${index}`,
  secretKey: `secret-of-customer-${index}`,
})

/** A product with three customers of Bitize, of whom none has connected yet. */
async function product() {
  const { simulator, url } = await bitizeForTest()
  for (const index of [0, 1, 2]) simulator.register(keysOf(index))
  const keys = new Map<string, BitizeInputs>()
  const shop = customers(url, {
    read: async (tenant) => keys.get(tenant),
    write: async (tenant, given) => void keys.set(tenant, given),
    remove: async (tenant) => void keys.delete(tenant),
  })
  onTestFinished(() => shop[Symbol.asyncDispose]())
  return { shop, simulator, keys }
}

it('sends each customer’s requests with a token of that customer', async () => {
  const { shop, simulator } = await product()
  expect(await shop.connect('aurora', keysOf(0))).toBe('connected')
  expect(await shop.connect('boreal', keysOf(1))).toBe('connected')
  const answers = await Promise.all(['aurora', 'boreal', 'aurora'].map((tenant) => shop.fetch(tenant, '/vendors')))
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
  expect(simulator.tokens.map(({ account }) => account)).toEqual([keysOf(0).consumerKey, keysOf(1).consumerKey])
})

it('tells a customer with wrong keys at once, disturbs no other, and takes the right keys', async () => {
  const { shop, simulator } = await product()
  await shop.connect('aurora', keysOf(0))
  expect(await shop.connect('cometa', { ...keysOf(2), secretKey: 'mistyped' })).toBe('wrong keys')
  expect(shop.inTrouble()).toEqual(['cometa'])
  await expect(shop.fetch('cometa', '/vendors')).rejects.toMatchObject({ code: 'credentials-rejected' })
  expect((await shop.fetch('aurora', '/vendors')).status).toBe(200)
  expect(simulator.count('authenticate')).toBe(2)

  expect(await shop.connect('cometa', keysOf(2))).toBe('connected')
  expect([shop.inTrouble(), (await shop.fetch('cometa', '/vendors')).status]).toEqual([[], 200])
})

it('forgets the token and the keys of a customer that leaves', async () => {
  const { shop, keys } = await product()
  await shop.connect('aurora', keysOf(0))
  await shop.disconnect('aurora')
  expect(keys.size).toBe(0)
  await expect(shop.fetch('aurora', '/vendors')).rejects.toMatchObject({ code: 'misconfigured' })
})
