import { BaseResolver, type Config, type Document, lintDocument } from '@redocly/openapi-core'
import { checkSupported } from './check-supported.ts'
import { type LocatedProblem, locate, locateRedocly } from './located-problem.ts'
import type { LintSubject } from './rule.ts'
import { rules } from './rules.ts'

/** Everything that is wrong with a spec: by Redocly's rules, then by ours. */
export async function lintSpec(
  document: Document,
  file: string,
  subject: LintSubject,
  config: Config,
): Promise<readonly LocatedProblem[]> {
  const { source } = document
  const found = await lintDocument({ document, config, externalRefResolver: new BaseResolver() })
  const redocly = found.map((problem) => locateRedocly(problem, file, source))
  const own = rules.flatMap((rule) => rule(subject)).map((problem) => locate(problem, file, source))
  const problems = [...redocly, ...own]
  // What is wrong comes first; what cannot be written yet matters only in a spec that is right.
  if (problems.length > 0) return problems
  return checkSupported(subject).map((problem) => locate(problem, file, source))
}
