import { durationMs } from '../spec/duration.ts'
import { parseExpression } from '../spec/expression.ts'
import type { KeyPath } from '../spec/json.ts'
import type { Input } from '../spec/lifecycle.ts'
import type { Problem } from '../spec/problem.ts'
import { type IssuedScheme, issuedSchemes } from '../spec/spec.ts'
import { expressionsOf } from './expressions.ts'
import type { Rule } from './rule.ts'

/** An input is used as what it is: durations where the client chooses an end, names and secrets without a default. */
export const checkInputKinds: Rule = ({ model }) => {
  // An input that several lifecycles state is one input.
  const seen = new Set<string>()
  return issuedSchemes(model).flatMap((scheme) => [
    ...checkUses(scheme),
    ...Object.entries(scheme.lifecycle.inputs).flatMap(([name, input]) => {
      const stated = `${name} ${JSON.stringify(input)}`
      if (seen.has(stated)) return []
      seen.add(stated)
      return checkInput(input, [...scheme.at, 'inputs', name])
    }),
  ])
}

function checkInput(input: Input, at: KeyPath): readonly Problem[] {
  const { kind, secret, identity, default: fallback } = input
  const problems: Problem[] = []
  if (secret === true && identity === true) {
    const sentence = 'An input that names the account appears in events and errors, so it cannot be secret.'
    problems.push({ at: [...at, 'secret'], sentence })
  }
  if (fallback !== undefined && (secret === true || identity === true)) {
    const sentence = 'Whose account it is and what opens it is for the user to say: such an input has no `default`.'
    problems.push({ at: [...at, 'default'], sentence })
  }
  if (kind === 'certificate' && (secret !== undefined || identity === true || fallback !== undefined)) {
    const word = secret !== undefined ? 'secret' : identity === true ? 'identity' : 'default'
    const sentence = `A certificate is always secret, and is for the user to give. Leave \`${word}\` out.`
    problems.push({ at: [...at, word], sentence })
  }
  if (kind === 'duration' && (secret === true || identity === true)) {
    const sentence = 'A duration is never a secret, and never names the account.'
    problems.push({ at: [...at, secret === true ? 'secret' : 'identity'], sentence })
  } else if (kind === 'duration' && fallback !== undefined && !isDuration(fallback)) {
    const sentence = `\`${fallback}\` is not a duration. Write weeks, days, hours, minutes and seconds as ISO 8601 does: P30D, PT15M.`
    problems.push({ at: [...at, 'default'], sentence })
  }
  return problems
}

function isDuration(text: string): boolean {
  try {
    return durationMs(text) > 0
  } catch {
    return false // a RangeError
  }
}

function checkUses(scheme: IssuedScheme): readonly Problem[] {
  return expressionsOf(scheme).flatMap(({ at, text }): readonly Problem[] => {
    const expression = parseExpression(text)
    const input = expression.kind === 'input' ? scheme.lifecycle.inputs[expression.name] : undefined
    if (input === undefined) return []
    const isFuture = at.at(-1) === 'future'
    if (isFuture && input.kind !== 'duration') {
      return [{ at, sentence: `\`${text}\` is not a duration. Give the input \`kind: duration\`.` }]
    }
    if (!isFuture && input.kind === 'duration') {
      return [{ at, sentence: `\`${text}\` is a duration: send it as \`{ future: ${text}, format, zone }\`.` }]
    }
    return []
  })
}
