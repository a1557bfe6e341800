/** A test of a server: a client gets a token, reads an API, and tells an error of ours from others. */
export const SERVER_TEST = `
import { createBitize, isChaveiroError } from '@chaveiro/bitize'
import { simulateBitize } from '@chaveiro/simulator'

test('a client reads the API, and its errors are recognised', async () => {
  const simulator = simulateBitize()
  const options = { server: simulator.url, ...simulator.credentials, fetch: simulator.fetch }
  const client = createBitize(options)
  const response = await client.fetch('/vendors')
  expect(response.status).toBe(200)
  await client.close()
  const error = await createBitize({ ...options, secretKey: 'wrong' }).getToken().catch((caught) => caught)
  expect([isChaveiroError(error), error.code]).toEqual([true, 'credentials-rejected'])
})
`

/** What a test file of vitest begins with that runs under jsdom. Here, because vitest looks for it in every test file. */
export const IN_JSDOM = '// @vitest-environment jsdom\n'

/** A test of a page: its runner gives it the stub for the entry of the card. */
export const PAGE_TEST = `
import { CardNumberError, CardTokenError, tokenizeCard } from '@chaveiro/genpag/card'
import { failNextCard } from '@chaveiro/genpag/card/testing'

test('a page gets a card token, and the errors that it has to handle', async () => {
  document.body.innerHTML = '<form><input name="card" value="4444 3333 2222 1111"></form>'
  const cardNumber = document.querySelector('input').value
  const card = { server: 'sandbox', clientToken: 'client-token', cardNumber }
  expect(await tokenizeCard(card)).toBe('fake-card-token-1111')
  const mistaken = await tokenizeCard({ ...card, cardNumber: '4444 3333 2222 1112' }).catch((caught) => caught)
  expect(mistaken).toBeInstanceOf(CardNumberError)
  failNextCard('throttled', 429)
  const error = await tokenizeCard(card).catch((caught) => caught)
  expect(error).toBeInstanceOf(CardTokenError)
  expect(error.code).toBe('throttled')
})
`

/** A test of code that belongs on a server, by mistake under jsdom. */
export const MISPLACED_TEST = `
test('a package that holds keys refuses to run', async () => {
  await expect((async () => (await import('@chaveiro/bitize')).createBitize({}))()).rejects.toThrow(
    /runs on a server only|runs_on_a_server_only/,
  )
})
`

/** A test that passes where exactly these conditions are set. It resolves as \`require\` does. */
export const requiredConditionsTest = (listed: readonly string[]): string => `
test('the conditions are those of the table', () => {
  const entries = Object.keys(JSON.parse(require('node:fs').readFileSync('node_modules/probe/package.json', 'utf8')).exports)
  const set = entries.map((entry) => entry.slice(2)).filter((name) => require.resolve('probe/' + name).endsWith('/set.js'))
  expect(set.sort()).toEqual(${JSON.stringify([...listed].sort())})
})
`

/** The same, as \`import\` resolves. */
export const importedConditionsTest = (listed: readonly string[], probe: string): string => `
import { set } from ${JSON.stringify(probe)}
test('the conditions are those of the table', () => {
  expect([...set].sort()).toEqual(${JSON.stringify([...listed].sort())})
})
`

const MATCHED = `
expect.extend(matchers)

test('a day passes, and one refresh token is sent once', async () => {
  START
  const simulator = simulateBitize()
  const client = createBitize({ server: simulator.url, ...simulator.credentials, fetch: simulator.fetch })
  expect((await client.fetch('/vendors')).status).toBe(200)
  ADVANCE
  expect((await client.fetch('/vendors')).status).toBe(200)
  expect(simulator).toHaveReceived('authenticate', 1)
  expect(simulator).toHaveReceived({ operation: 'refreshAccessToken', status: 200 }, 1)
  expect(simulator).toHaveReusedNoRefreshToken()
  expect(simulator).toHaveSentNoSecret()
  expect(simulator).toHaveMetAllFaults()
  expect(JSON.stringify(simulator.requests)).toHoldNoSecretOf(simulator)
  await client.close()
  STOP
})
`

const IMPORTS = `
import { createBitize } from '@chaveiro/bitize'
import { simulateBitize } from '@chaveiro/simulator'
`

/** Matchers and fake timers, as the README of the simulator shows them, in Jest. */
export const MATCHERS_IN_JEST: string = `${IMPORTS}import { matchers } from '@chaveiro/simulator/testing'\n${MATCHED}`
  .replace('START', "jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask'] })")
  .replace('ADVANCE', 'jest.advanceTimersByTime(25 * 3_600_000)')
  .replace('STOP', 'jest.useRealTimers()')

/** The same in vitest. */
export const MATCHERS_IN_VITEST: string = `${IMPORTS}import { matchers } from '@chaveiro/simulator/testing'\n${MATCHED}`
  .replace('START', 'vi.useFakeTimers()')
  .replace('ADVANCE', 'vi.advanceTimersByTime(25 * 3_600_000)')
  .replace('STOP', 'vi.useRealTimers()')

/** The same with \`node:test\`, whose assertions are functions. */
export const ASSERTIONS_IN_NODE = `
import { mock, test } from 'node:test'
import assert from 'node:assert/strict'
${IMPORTS}
import { assertMetAllFaults, assertReceived, assertReusedNoRefreshToken, assertSentNoSecret } from '@chaveiro/simulator/testing'

test('a day passes, and one refresh token is sent once', async () => {
  mock.timers.enable({ apis: ['Date'], now: Date.now() })
  const simulator = simulateBitize()
  const client = createBitize({ server: simulator.url, ...simulator.credentials, fetch: simulator.fetch })
  assert.equal((await client.fetch('/vendors')).status, 200)
  mock.timers.tick(25 * 3_600_000)
  assert.equal((await client.fetch('/vendors')).status, 200)
  assertReceived(simulator, 'authenticate', 1)
  assertReceived(simulator, { operation: 'refreshAccessToken', status: 200 }, 1)
  assertReusedNoRefreshToken(simulator)
  assertSentNoSecret(simulator)
  assertMetAllFaults(simulator)
  assert.throws(() => assertReceived(simulator, 'createVendor'), /received 0/)
  await client.close()
  mock.timers.reset()
})
`
