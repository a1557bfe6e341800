import { formatProblem, type LocatedProblem } from './located-problem.ts'

/** Specs that cannot be generated from. The message holds every problem, with its place and what to do. */
export class SpecError extends Error {
  override readonly name = 'SpecError'
  readonly problems: readonly LocatedProblem[]

  constructor(problems: readonly LocatedProblem[]) {
    super(problems.map(formatProblem).join('\n'))
    this.problems = problems
  }
}
