const { createBitize } = require('@chaveiro/bitize')
const { simulateBitize } = require('@chaveiro/simulator')
const { vendorNames } = require('./vendor-names')

let simulator
let bitize

beforeEach(async () => {
  simulator = simulateBitize()
  // In this process, without a socket: nothing to listen to, nothing to clean up.
  bitize = createBitize({ server: simulator.url, ...simulator.credentials, fetch: simulator.fetch })
  const headers = { 'content-type': 'application/json' }
  await bitize.fetch('/vendors', { method: 'POST', headers, body: '{"name":"Padaria São João"}' })
})

afterEach(() => bitize.close())

test('names the vendors, even if the token has just been revoked', async () => {
  simulator.revoke()
  expect(await vendorNames(bitize)).toEqual(['Padaria São João'])
  expect(simulator.count('refreshAccessToken')).toBe(1)
})

test('names none once the keys are rejected', async () => {
  simulator.deactivate(simulator.credentials.consumerKey)
  simulator.revoke()
  simulator.faults.next({ kind: 'status', status: 401, operation: 'refreshAccessToken' })
  expect(await vendorNames(bitize)).toEqual([])
})
