import { apiTests } from './provider-conformance/api.ts'
import { definitionTests } from './provider-conformance/definition.ts'
import { documentedTests } from './provider-conformance/documented.ts'
import { endingTests } from './provider-conformance/ending.ts'
import { lifeTests } from './provider-conformance/life.ts'
import { lostAnswerTests } from './provider-conformance/lost-answers.ts'
import { refusalTests } from './provider-conformance/refusals.ts'
import { secrecyTests } from './provider-conformance/secrecy.ts'
import { unusableAnswerTests } from './provider-conformance/unusable-answers.ts'
import type { ProviderConformanceOptions, ProviderTests } from './provider-conformance/world.ts'

/**
 * Declares the tests that every provider has to pass, whichever runner there is: it is used the way an application uses
 * it, against your server, simulated or not. Failures are plain errors. What a provider has no way to do (`refresh`,
 * `revoke`, `acquire`) is not asked of it.
 *
 * @example
 * describe('my provider', () => {
 *   providerConformance({ test: it, open: () => myWorld() })
 * })
 */
export function providerConformance<Inputs, M = unknown>(options: ProviderConformanceOptions<Inputs, M>): void {
  const { open } = options
  const suites: readonly ProviderTests[] = [
    definitionTests(open),
    lifeTests(open),
    refusalTests(open),
    apiTests(open),
    lostAnswerTests(open),
    documentedTests(open),
    unusableAnswerTests(open),
    endingTests(open),
    secrecyTests(open),
  ]
  for (const [name, run] of suites.flatMap((tests) => Object.entries(tests))) options.test(name, run)
}
