// What a test file gets as `vitest` inside a runtime: vitest's own runner and assertions, which run on every platform,
// without vitest's own process, which is Node's.
import {
  ASYMMETRIC_MATCHERS_OBJECT,
  customMatchers,
  GLOBAL_EXPECT,
  getState,
  JestAsymmetricMatchers,
  JestChaiExpect,
  JestExtend,
  setState,
} from '@vitest/expect'
import * as chai from 'chai'

export { afterEach, describe, it, onTestFinished, test } from '@vitest/runner'
export { vi } from './vi.ts'

chai.use(JestExtend)
chai.use(JestChaiExpect)
chai.use(JestAsymmetricMatchers)

// JestExtend adds it, untyped.
const extend: (...args: object[]) => void = Reflect.get(chai.expect, 'extend')

const assert = (value: unknown, message?: string): Chai.Assertion => chai.expect(value, message)

/** As vitest itself puts it together. */
export const expect: typeof import('vitest').expect = Object.assign(
  assert,
  chai.expect,
  Reflect.get(globalThis, ASYMMETRIC_MATCHERS_OBJECT),
  {
    getState: () => getState(expect),
    setState: (state: object) => setState(state, expect),
    extend: (matchers: object) => Reflect.apply(extend, chai.expect, [expect, matchers]),
  },
)
Object.defineProperty(globalThis, GLOBAL_EXPECT, { value: expect, configurable: true })
setState({ assertionCalls: 0, isExpectingAssertions: false, expectedAssertionsNumber: null }, expect)
expect.extend(customMatchers)
