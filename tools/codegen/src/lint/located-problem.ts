import {
  getCodeframe,
  getLineColLocation,
  type NormalizedProblem,
  type Source,
  type YamlParseError,
} from '@redocly/openapi-core'
import { pointerSegments } from '../spec/json-pointer.ts'
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
  /** The lines around the place. */
  readonly frame: string
}

/** Finds one of our own problems in the text it is about. */
export function locate(problem: Problem, file: string, source: Source): LocatedProblem {
  const pointer = `#${problem.at.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')}`
  return place({ file, source, pointer, sentence: withSuggestion(problem.sentence, problem.suggest ?? []) })
}

/** Takes over what one of Redocly's rules reports. */
export function locateRedocly(problem: NormalizedProblem, file: string, source: Source): LocatedProblem {
  const pointer = problem.location[0]?.pointer ?? '#'
  return place({ file, source, pointer, sentence: withSuggestion(problem.message, problem.suggest) })
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
    sentence: `This is no YAML: ${reason}.`,
    frame: getCodeframe(location, false),
  }
}

/** As it is printed: place, keys, sentence, lines. */
export function formatProblem({ file, line, column, keyPath, sentence, frame }: LocatedProblem): string {
  return [`${file}:${line}:${column} ${keyPath}`.trimEnd(), `  ${sentence}`, '', frame.replace(/^/gm, '  '), ''].join(
    '\n',
  )
}

function place(found: { file: string; source: Source; pointer: string; sentence: string }): LocatedProblem {
  const { file, source, pointer, sentence } = found
  const location = getLineColLocation({ source, pointer, reportOnKey: true })
  return {
    file,
    line: location.start.line,
    column: location.start.col,
    keyPath: pointerSegments(pointer.slice(1)).join('.'),
    sentence,
    frame: getCodeframe(location, false),
  }
}

function withSuggestion(sentence: string, suggest: readonly string[]): string {
  return suggest.length === 0
    ? sentence
    : `${sentence} Did you mean ${suggest.map((name) => `\`${name}\``).join(' or ')}?`
}
