import { simulateBitize } from '@chaveiro/simulator'
import { listen } from '@chaveiro/simulator/server'
import { describe, expect, it } from 'vitest'
import { demoProvider } from '../src/demo/provider-demo.ts'
import { UsageError } from '../src/usage-error.ts'
import { capturedOutput } from './support/captured-output.ts'

const demo = (id: string, server: string | undefined, environment: Record<string, string> = {}) => {
  const { stream, text } = capturedOutput()
  return { passed: demoProvider(id, server, environment, stream), text }
}

describe('the demo against a provider', () => {
  it('obtains a token, calls the API, and obtains another, without printing a secret', async () => {
    const simulator = simulateBitize()
    await using server = await listen(simulator)
    const { consumerKey, secretKey } = simulator.credentials
    const { passed, text } = demo('bitize', server.url.href, {
      BITIZE_CONSUMER_KEY: consumerKey,
      BITIZE_SECRET_KEY: secretKey,
    })
    expect(await passed).toBe(true)
    expect(text()).toMatch(/a token, valid until \d{4}-/)
    expect(text()).toContain('GET /vendors was answered with 200')
    for (const secret of simulator.revealSecrets()) expect(text()).not.toContain(secret)
    expect([simulator.count('authenticate'), simulator.count('refreshAccessToken')]).toEqual([1, 1])
  })

  it('says in one sentence that the keys are wrong, and does not print them', async () => {
    const simulator = simulateBitize()
    await using server = await listen(simulator)
    const { consumerKey } = simulator.credentials
    const { passed, text } = demo('bitize', server.url.href, {
      BITIZE_CONSUMER_KEY: consumerKey,
      BITIZE_SECRET_KEY: 'canary-of-a-wrong-key',
    })
    expect(await passed).toBe(false)
    expect(text()).toContain('refused the credentials')
    expect(text()).not.toContain('canary-of-a-wrong-key')
  })

  it.each([
    ['nothing', undefined, 'There is no provider «nothing». There are: bitize.'],
    ['constructor', undefined, 'There is no provider «constructor»'],
    ['bitize', undefined, '--server production   https://api.bitize.com.br'],
    ['bitize', 'production', 'BITIZE_CONSUMER_KEY'],
    ['bitize', 'prodution', 'Bitize has no server «prodution». Pass one of production, test, io, or a URL'],
  ])('explains what is wrong with %s on %s', async (id, server, sentence) => {
    const environment = server === 'prodution' ? { BITIZE_CONSUMER_KEY: 'a', BITIZE_SECRET_KEY: 'b' } : {}
    const { passed } = demo(id, server, environment)
    await expect(passed).rejects.toThrow(UsageError)
    await expect(passed).rejects.toThrow(sentence)
  })
})
