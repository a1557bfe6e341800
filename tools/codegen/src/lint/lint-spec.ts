import { BaseResolver, type Config, type Document, lintDocument } from '@redocly/openapi-core'
import { type LocatedProblem, locateRedocly } from './located-problem.ts'

/** Everything that is wrong with a spec, in its order, by Redocly's rules and by ours. */
export async function lintSpec(document: Document, file: string, config: Config): Promise<readonly LocatedProblem[]> {
  const problems = await lintDocument({ document, config, externalRefResolver: new BaseResolver() })
  return problems
    .map((problem) => locateRedocly(problem, file, document.source))
    .sort((one, other) => one.line - other.line || one.column - other.column)
}
