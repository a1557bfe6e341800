// This declares tests for others.
// oxlint-disable vitest/no-conditional-tests, vitest/valid-title, vitest/valid-describe-callback
// oxlint-disable vitest/expect-expect, vitest/no-disabled-tests
import { describe, it } from 'vitest'
import { missing, type Need } from './needs.ts'

/**
 * The one place of this repository that skips tests. Where a server cannot be had, the suite is skipped with a name that
 * says what to install; under CI=true it fails instead, because a check that never runs proves nothing.
 *
 * @example
 * describeWith(['redis'], 'the Redis store', () => {
 *   it('…', …)
 * })
 */
export function describeWith(needs: readonly Need[], name: string, tests: () => void): void {
  const reasons = missing(needs)
  if (reasons.length === 0) return void describe(name, tests)
  const reason = reasons.join(' ')
  if (process.env['CI'] === 'true') {
    describe(name, () => {
      it('has the servers that it needs', () => {
        throw new Error(reason)
      })
    })
    return
  }
  process.stderr.write(`Skipped: ${name}. ${reason}\n`)
  describe.skip(`${name} (${reason})`, tests)
}
