import { commitTests } from './store-conformance/commits.ts'
import { contentTests } from './store-conformance/contents.ts'
import { endTests } from './store-conformance/ends.ts'
import { instanceTests } from './store-conformance/instances.ts'
import { raceTests } from './store-conformance/races.ts'
import { rawTests } from './store-conformance/raw-records.ts'
import type { Conformance, StoreConformanceOptions } from './store-conformance/suite.ts'
import { versionTests } from './store-conformance/versions.ts'

/**
 * Declares the tests that every `TokenStore` has to pass, whichever runner there is. Failures are plain errors.
 * It uses new random keys and deletes nothing else; what it leaves behind is under these keys.
 *
 * @example
 * describe('my store', () => {
 *   storeConformance({ test: it, open: () => myStore({ client }), durable: true, sealed: false })
 * })
 */
export function storeConformance(options: StoreConformanceOptions): void {
  const { contenders = 8, noticesDamage = options.sealed } = options
  const suite: Conformance = { ...options, contenders, noticesDamage, key: () => crypto.randomUUID() }
  for (const tests of [commitTests, versionTests, raceTests, contentTests, endTests, instanceTests, rawTests]) {
    for (const [name, run] of Object.entries(tests(suite))) options.test(name, run)
  }
}
