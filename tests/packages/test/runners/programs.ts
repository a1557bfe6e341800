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
