import type { InputFact } from '@chaveiro/core/provider'
import { type BadLine, parseEnv } from '../files/parse-env.ts'
import { nameOf, type ReadingSession, readText } from '../files/read-file.ts'
import { jsonTokens, membersOf } from '../json/json-tokens.ts'
import { didYouMean } from '../session/did-you-mean.ts'
import { EXIT } from '../session/exit-code.ts'
import { Failure } from '../session/failure.ts'
import type { Inputs } from './open-options.ts'

/** Inputs from a JSON object or from `NAME=value` lines, by the input's name or by its variable's. No value is quoted. */
export async function readInputFile(
  session: ReadingSession,
  path: string,
  facts: Readonly<Record<string, InputFact>>,
): Promise<Inputs> {
  const { data } = session.texts
  const content = (await readText(session, path)).trim()
  const entries = /^[{["]/.test(content) ? fromJson() : parseEnv(content, badLine)
  if (entries.length === 0) throw bad(data.noInputs(nameOf(path)))
  const inputs: Record<string, string> = {}
  const seen = new Set<string>()
  for (const [key, value] of entries) {
    const [name] = Object.entries(facts).find(([known, { env }]) => key === known || key === env) ?? []
    if (name === undefined) throw unknown(key, value)
    if (seen.has(name)) throw bad(data.twice(nameOf(path), key))
    seen.add(name)
    // What is empty is not given, as a variable that is empty is not set.
    if (value !== '') inputs[name] = value
  }
  return inputs

  function fromJson(): [string, string][] {
    const tokens = jsonTokens(content)
    // The parser's own message would quote the file.
    if (tokens === undefined) throw bad(data.badJson(path))
    if (tokens[0] !== '{') throw bad(data.notObject(nameOf(path)))
    return membersOf(tokens).map(([key, [first = '', ...more]]) => {
      if (first.startsWith('"')) return [key, JSON.parse(first)]
      // A number as it is written: a long one would lose its last digits.
      if (more.length === 0 && /^[-\d]/.test(first)) return [key, first]
      if (first === 'null') return [key, '']
      throw bad(data.notTextOrNumber(nameOf(path), key))
    })
  }

  function badLine({ line, isUnclosed }: BadLine): Failure {
    return bad(isUnclosed ? data.unclosedQuote(nameOf(path), line) : data.notNameAndValue(nameOf(path), line))
  }

  function unknown(key: string, value: string): Failure {
    // `c2VjcmV0==` is a secret, whole, in place of a file that holds it.
    if (/^=?$/.test(value)) return bad(data.unknownLine(nameOf(path), Object.keys(facts)))
    const known = Object.keys(facts)
    const variables = Object.values(facts).flatMap(({ env = [] }) => env)
    return bad(data.unknownInput(key, didYouMean(key, [...known, ...variables], session.texts), known))
  }

  function bad(message: string): Failure {
    return new Failure(EXIT.usage, 'usage', message)
  }
}
