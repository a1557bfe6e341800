import { listen } from '@chaveiro/simulator/server'
import { expect, test } from 'vitest'
import { simulated } from '../support/simulated-bitize.ts'

test('fifty requests refused at once cause one refresh and fifty replays [RJ02]', async () => {
  const { bitize, source } = await simulated({ loopback: listen })
  await source.getToken()
  bitize.revoke()
  const responses = await Promise.all(Array.from({ length: 50 }, () => source.fetch('/vendors')))
  for (const response of responses) {
    expect(response.status).toBe(200)
    await response.text()
  }
  expect(bitize.count('authenticate')).toBe(1)
  expect(bitize.count('refreshAccessToken')).toBe(1)
  expect(bitize.count('listVendors')).toBe(100)
})
