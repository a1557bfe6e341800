import { createTokenManager } from '@chaveiro/core'
import { createProviderClient } from '@chaveiro/core/provider'
import { retryFetch } from '@chaveiro/core/retry'
import { describe, expect, test } from 'vitest'
import { countingProvider } from '../support/counting-provider.ts'
import { errorOf } from '../support/engine-world.ts'

const provider = countingProvider(new URL('https://api.example'), () => 1, {
  inputs: { apiKey: { description: 'A key.', optional: true } },
})

/** As plain JavaScript calls it, without the types. */
function untyped(call: unknown, self?: unknown): (...given: unknown[]) => unknown {
  if (typeof call !== 'function') throw new TypeError('Not a function.')
  return (...given) => Reflect.apply(call, self, given)
}

const manager = (options: unknown) =>
  untyped(createTokenManager)(
    typeof options === 'object' && options !== null ? { provider, credentials: () => ({}), ...options } : options,
  )
const client = (options: unknown) => untyped(createProviderClient)(provider, options)
const retry = (options: unknown) => untyped(retryFetch)(fetch, options)
const source = createTokenManager({ provider, credentials: () => ({}) }).account('one')
const withOptions = (options: unknown) => untyped(Reflect.get(source.fetch, 'with'))(options)

describe('an option that plain JavaScript gets wrong is a TypeError at construction', () => {
  test.each<[string, (options: unknown) => unknown, unknown, string]>([
    [
      'createTokenManager',
      manager,
      { refreshWindow: 3 },
      'Unknown option refreshWindow. Did you mean refreshWindowMs?',
    ],
    ['createTokenManager', manager, { tokenCallsAtOne: 3 }, 'Did you mean tokenCallsAtOnce?'],
    ['createTokenManager', manager, { wait: 3 }, 'Did you mean waitUntil?'],
    ['createTokenManager', manager, { zeal: 3 }, 'Unknown option zeal.'],
    ['createTokenManager', manager, { constructor: 3 }, 'Unknown option constructor.'],
    ['createTokenManager', manager, { retry: { maxAttempt: 3 } }, 'Did you mean maxAttempts?'],
    ['createTokenManager', manager, { refreshWindowMs: '3' }, 'Option refreshWindowMs must be a number'],
    ['createTokenManager', manager, { refreshWindowMs: null }, 'Option refreshWindowMs must not be null.'],
    ['createTokenManager', manager, { maxAccounts: '3' }, 'Option maxAccounts must be a number'],
    [
      'createTokenManager',
      manager,
      { store: {} },
      'Option store must be what fileStore(), redisStore() or postgresStore() return, or shared(',
    ],
    [
      'createTokenManager',
      manager,
      { store: { read() {} } },
      'Option store must be what fileStore(), redisStore() or postgresStore() return, or shared(',
    ],
    [
      'createTokenManager',
      manager,
      { store: 'redis://' },
      'Option store must be what fileStore(), redisStore() or postgresStore() return, or shared(',
    ],
    ['createTokenManager', manager, { store: null }, 'Option store must not be null.'],
    ['createTokenManager', manager, { fetch: {} }, 'Option fetch must be a function.'],
    ['createTokenManager', manager, { waitUntil: true }, 'Option waitUntil must be a function.'],
    ['createTokenManager', manager, { credentials: { apiKey: 'k' } }, 'Option credentials must be a function.'],
    ['createTokenManager', manager, { credentials: undefined }, 'provider and credentials are required'],
    ['createTokenManager', manager, { persistFailure: 'ignore' }, "'serve-and-retry', 'fail' or 'revoke'"],
    ['createTokenManager', manager, { resendUnknown: false }, "'once' or 'never'"],
    ['createTokenManager', manager, { retry: true }, 'Options must be an object.'],
    ['createTokenManager', manager, { namespace: 3 }, 'Option namespace'],
    ['createTokenManager', manager, { alsoSendTo: 'https://a.example' }, 'alsoSendTo'],
    ['createTokenManager', manager, null, 'Options must be an object.'],
    ['createTokenManager', manager, undefined, 'Options must be an object.'],
    ['a client', client, { apiKey: 'k', refreshWindow: 3 }, 'Did you mean refreshWindowMs?'],
    ['a client', client, { apiKeys: 'k' }, 'Did you mean apiKey?'],
    [
      'a client',
      client,
      { store: {} },
      'Option store must be what fileStore(), redisStore() or postgresStore() return, or shared(',
    ],
    ['retryFetch', retry, { maxAttempt: 3 }, 'Did you mean maxAttempts?'],
    ['retryFetch', retry, { maxAttempts: '3' }, 'Option maxAttempts must be a number'],
    ['retryFetch', retry, { timeoutMs: null }, 'Option timeoutMs must not be null.'],
    ['retryFetch', retry, null, 'Options must be an object.'],
    ['fetch.with', withOptions, { timeout: 3 }, 'Did you mean timeoutMs?'],
    ['fetch.with', withOptions, { retry: { maxAttempt: 3 } }, 'Did you mean maxAttempts?'],
    ['fetch.with', withOptions, null, 'Options must be an object.'],
  ])('%s: %#', (_, make, options, sentence) => {
    expect(() => make(options)).toThrow(TypeError)
    expect(() => make(options)).toThrow(sentence)
  })

  test.each([
    ['getToken', { minValidity: 3 }, 'Did you mean minValidityMs?'],
    ['end', { revok: 'skip' }, 'Did you mean revoke?'],
    ['end', null, 'Options must be an object.'],
  ])('%s(%j) rejects with one', async (method, options, sentence) => {
    const error = await errorOf(Promise.resolve(untyped(Reflect.get(source, method), source)(options)))
    expect(error).toBeInstanceOf(TypeError)
    expect(String(error)).toContain(sentence)
  })

  test('an account whose field is misspelt is not another account', async () => {
    const tokens = createTokenManager({ provider, credentials: () => ({}) })
    expect(() => untyped(Reflect.get(tokens, 'account'))({ tenant: 'a', acount: 'b' })).toThrow('Did you mean account?')
    const error = await errorOf(Promise.resolve(untyped(Reflect.get(tokens, 'warm'))(['a'], { concurency: 3 })))
    expect(String(error)).toContain('Did you mean concurrency?')
  })

  test('undefined and symbols change nothing', () => {
    expect(() => manager({ refreshWindow: undefined, [Symbol('own')]: 1 })).not.toThrow()
  })
})
