import { expect, it, vi } from 'vitest'
import { bitizeForTest } from './support/bitize.ts'

/** The route handlers, loaded as by a server that starts. */
async function routes() {
  vi.resetModules()
  const node = await import('../../recipes/nextjs/app/vendors/route.ts')
  const edge = await import('../../recipes/nextjs/app/edge/vendors/route.ts')
  return { node, edge }
}

it('loads without the variables, as next build does, and then serves all routes with one token', async () => {
  const { node, edge } = await routes()
  const { url, simulator } = await bitizeForTest()
  vi.stubEnv('BITIZE_SERVER', url.href)
  vi.stubEnv('BITIZE_CONSUMER_KEY', simulator.credentials.consumerKey)
  vi.stubEnv('BITIZE_SECRET_KEY', simulator.credentials.secretKey)
  const answers = await Promise.all([node.GET(), node.GET(), edge.GET()])
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
  expect(simulator.count('authenticate')).toBe(1)
  expect(edge.runtime).toBe('edge')
})

it('answers 503 with a code where there is no token', async () => {
  const { node } = await routes()
  const { url, simulator } = await bitizeForTest()
  vi.stubEnv('BITIZE_SERVER', url.href)
  vi.stubEnv('BITIZE_CONSUMER_KEY', simulator.credentials.consumerKey)
  vi.stubEnv('BITIZE_SECRET_KEY', 'outdated-secret')
  const answer = await node.GET()
  expect([answer.status, await answer.json()]).toEqual([503, { error: 'credentials-rejected' }])
})
