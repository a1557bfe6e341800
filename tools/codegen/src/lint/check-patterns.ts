import { isSafePattern } from 'redos-detector'
import { isObject, type Json, type KeyPath } from '../spec/json.ts'
import type { Problem } from '../spec/problem.ts'
import type { Rule } from './rule.ts'

// Good patterns need a few dozen steps and try a text in one or two ways; the limits keep a bad one from taking seconds.
const LIMITS = { maxSteps: 1_000, maxScore: 10 }

/** A pattern is run on what a user gives, so a text that doesn't match must not keep it busy. */
export const checkPatterns: Rule = ({ model }) => patternsIn(model.document, []).flatMap(checkPattern)

interface Pattern {
  readonly at: KeyPath
  readonly text: string
}

// Values of the vendor's, in which `pattern` may be the name of anything.
const VALUES = ['example', 'examples', 'default', 'const', 'enum']

function patternsIn(value: Json, at: KeyPath): readonly Pattern[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => patternsIn(item, [...at, index]))
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([key, child]) => {
    if (key === 'pattern' && typeof child === 'string') return [{ at: [...at, key], text: child }]
    return VALUES.includes(key) ? [] : patternsIn(child, [...at, key])
  })
}

function checkPattern({ at, text }: Pattern): readonly Problem[] {
  if (!isRegularExpression(text)) return [{ at, sentence: `\`${text}\` is not a regular expression.` }]
  if (isSafePattern(text, { ...LIMITS, unicode: true }).safe) return []
  const sentence = `\`${text}\` can match one text in many ways, so a text that doesn't match takes it forever (catastrophic backtracking). Repeat nothing that is repeated itself: \`a+\`, not \`(a+)+\`.`
  return [{ at, sentence }]
}

function isRegularExpression(text: string): boolean {
  try {
    new RegExp(text, 'u')
    return true
  } catch {
    return false
  }
}
