import { createServer } from 'node:http'
import { simulateBitize } from '@chaveiro/simulator'
import { expect, it, onTestFinished } from 'vitest'
import { PROVIDERS } from '../../src/providers/registry.ts'
import type { PathRule, ProxyOutcome, ServedAccount } from '../../src/serve/proxy/exchange.ts'
import { forward } from '../../src/serve/proxy/forward.ts'

const READ_VENDORS: PathRule = { methods: ['GET'], path: ['vendors', '**'], text: 'GET /vendors/**' }

it('forwards nothing yet, and says so', async () => {
  const account = await servedBitize()
  const outcomes: ProxyOutcome[] = []
  const server = createServer(async (request, response) => {
    const exchange = { request, response, account, rules: [READ_VENDORS], target: '/vendors', holdsTokens: false }
    const { signal } = new AbortController()
    outcomes.push(await forward({ ...exchange, signal, mount: '/v1/proxy/bitize/default' }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const address = server.address()
  const answer = await fetch(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`)
  expect(answer.status).toBe(501)
  expect(await answer.json()).toMatchObject({ code: 'proxy-unavailable' })
  expect(outcomes).toEqual([{ status: 501, code: 'proxy-unavailable' }])
})

async function servedBitize(): Promise<ServedAccount> {
  const { bitize: provider } = PROVIDERS
  if (provider === undefined) throw new TypeError('The registry has Bitize.')
  const { url, fetch: send, credentials } = simulateBitize()
  const facts = await provider.facts()
  const client = await provider.open({ ...credentials }, { server: new URL(url), fetch: send })
  onTestFinished(() => client.close())
  return { provider: 'bitize', name: 'default', facts, client, secrets: () => [] }
}
