import { ChaveiroError, type ErrorAction, type ErrorCode, isChaveiroError } from '@chaveiro/core'
import { expect, test } from 'vitest'

// A Record, so that a code without an action does not compile.
const ACTIONS: Record<ErrorCode, ErrorAction> = {
  aborted: 'none',
  timeout: 'retry',
  unavailable: 'retry',
  throttled: 'retry',
  'credentials-rejected': 'reauthorize',
  'reauthorization-required': 'reauthorize',
  misconfigured: 'fix-configuration',
  'malformed-response': 'fix-configuration',
  store: 'retry',
  conflict: 'retry',
  origin: 'fix-configuration',
  closed: 'none',
}

test.each(Object.keys(ACTIONS))('the error code %s says what to do', (code) => {
  const [found] = Object.entries(ACTIONS).filter(([name]) => name === code)
  const error = Reflect.construct(ChaveiroError, [code, 'What happened.'])
  expect(error).toMatchObject({ name: 'ChaveiroError', code, action: found?.[1], message: 'What happened.' })
})

test('an error as JSON has its facts, and neither a stack nor a cause', () => {
  const error = new ChaveiroError('throttled', 'Wait.', {
    provider: 'p',
    retryAfterMs: 5,
    status: 429,
    title: 'slow down',
  })
  expect(JSON.parse(JSON.stringify(error))).toEqual({
    name: 'ChaveiroError',
    code: 'throttled',
    action: 'retry',
    message: 'Wait.',
    provider: 'p',
    retryAfterMs: 5,
    status: 429,
    title: 'slow down',
  })
  expect(JSON.parse(JSON.stringify(new ChaveiroError('closed', 'Over.')))).toEqual({
    name: 'ChaveiroError',
    code: 'closed',
    action: 'none',
    message: 'Over.',
  })
  expect(error.cause).toBeUndefined()
})

test('an error is an Error, and stays recognisable through inheritance and freezing', () => {
  class Special extends ChaveiroError {}
  const special = Object.freeze(new Special('store', 'x'))
  expect(special).toBeInstanceOf(Error)
  expect([isChaveiroError(special), isChaveiroError(Object.create(special))]).toEqual([true, true])
})
