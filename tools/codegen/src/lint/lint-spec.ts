import { BaseResolver, type Config, type Document, lintDocument } from '@redocly/openapi-core'
import { type LocatedProblem, locateRedocly } from '../spec/located-problem.ts'
import type { Origin } from '../spec/origin.ts'

/** Everything that is wrong with a spec, in its order, by Redocly's rules and by ours. */
export async function lintSpec(
  document: Document,
  file: string,
  config: Config,
  origins: readonly Origin[],
): Promise<readonly LocatedProblem[]> {
  const problems = await lintDocument({ document, config, externalRefResolver: new BaseResolver() })
  const found = new Set(problems.map(({ ruleId }) => ruleId))
  // A component that a misspelt reference meant is not used by it; a scheme that is not used has a rule of ours.
  const isRepeated = found.has('chaveiro/references') || found.has('chaveiro/security-schemes')
  const located = problems
    .filter(({ ruleId }) => !(isRepeated && ruleId === 'no-unused-components'))
    .map((problem) => locateRedocly(problem, file, document.source, origins))
  // An anchor (`&`) makes two places of the document one place of the text.
  const once = new Map(located.map((problem) => [`${problem.line}:${problem.column} ${problem.sentence}`, problem]))
  return [...once.values()].sort((one, other) => one.line - other.line || one.column - other.column)
}
