import {
  getCodeframe,
  getLineColLocation,
  type NormalizedProblem,
  type Source,
  type YamlParseError,
} from '@redocly/openapi-core'
import { pointerFragment, pointerSegments } from './json-pointer.ts'
import { type Origin, originOf } from './origin.ts'
import type { Problem } from './problem.ts'

/** A problem with its place in a file, ready to be shown. */
export interface LocatedProblem {
  /** From the root of the repository. */
  readonly file: string
  readonly line: number
  readonly column: number
  /** The keys from the root of the document. */
  readonly keyPath: string
  readonly sentence: string
  /** The rule that found it, by the name that redocly.yaml knows it by. */
  readonly rule?: string | undefined
  /** The lines around the place. */
  readonly frame: string
}

/** Finds a problem of an example in its text. */
export function locate(problem: Problem, file: string, source: Source): LocatedProblem {
  const sentence = withSuggestion(problem.sentence, problem.suggest ?? [])
  return place({ file, source, pointer: pointerFragment(problem.at), sentence })
}

/** Takes over what Redocly reports, by a rule of its own or of ours. */
export function locateRedocly(
  problem: NormalizedProblem,
  file: string,
  source: Source,
  origins: readonly Origin[],
): LocatedProblem {
  const found = problem.location[0]?.pointer ?? '#'
  // What was written out is shown where it was written from.
  const from = originOf(origins, pointerSegments(found.slice(1)))
  const pointer = from === undefined ? found : pointerFragment(from)
  const sentence = withSuggestion(problem.message, problem.suggest)
  return place({ file, source, pointer, sentence, rule: problem.ruleId })
}

/** Says where a text stops being YAML. The parser's own message names the file by its path on this machine. */
export function locateYamlError(error: YamlParseError, file: string): LocatedProblem {
  const { source, line, col: column } = error
  const reason = error.message.replace(/ in ".*" \(\d+:\d+\)$/, '')
  const location = { source, pointer: undefined, start: { line, col: column } }
  return {
    file,
    line,
    column,
    keyPath: '',
    sentence: `This isn't YAML: ${reason}.`,
    frame: getCodeframe(location, false),
  }
}

/** As it is printed: place, keys, sentence, lines. */
function formatProblem({ file, line, column, keyPath, sentence, rule, frame }: LocatedProblem): string {
  const place = `${file}:${line}:${column} ${keyPath}`.trimEnd()
  const by = rule === undefined ? '' : ` [${rule}]`
  return [place, `  ${sentence}${by}`, '', frame.replace(/^/gm, '  '), ''].join('\n')
}

interface Found {
  readonly file: string
  readonly source: Source
  readonly pointer: string
  readonly sentence: string
  readonly rule?: string
}

function place({ source, pointer, ...found }: Found): LocatedProblem {
  const location = getLineColLocation({ source, pointer, reportOnKey: true })
  return {
    ...found,
    line: location.start.line,
    column: location.start.col,
    keyPath: pointerSegments(pointer.slice(1)).join('.'),
    frame: getCodeframe(location, false),
  }
}

function withSuggestion(sentence: string, suggest: readonly string[]): string {
  return suggest.length === 0
    ? sentence
    : `${sentence} Did you mean ${suggest.map((name) => `\`${name}\``).join(' or ')}?`
}

/** Specs that cannot be generated from. The message holds every problem, with its place and what to do. */
export class SpecError extends Error {
  override readonly name = 'SpecError'
  readonly problems: readonly LocatedProblem[]

  constructor(problems: readonly LocatedProblem[]) {
    super(problems.map(formatProblem).join('\n'))
    this.problems = problems
  }
}
