import { didYouMean } from '../spec/did-you-mean.ts'
import { parseExpression } from '../spec/expression.ts'
import type { Problem } from '../spec/problem.ts'
import { issuedSchemes } from '../spec/spec.ts'
import { expressionsOf } from './expressions.ts'
import type { Rule } from './rule.ts'

/** Every expression can be read, and every input exists. */
export const checkInputs: Rule = ({ model }) =>
  issuedSchemes(model).flatMap((scheme) => {
    const declared = Object.keys(scheme.lifecycle.inputs)
    const problems: Problem[] = []
    for (const { at, text } of expressionsOf(scheme)) {
      const expression = parseExpression(text)
      if (expression.kind === 'unreadable') {
        const sentence = `\`${text}\` is not an expression. Use $inputs.name, $response.body#/pointer, $response.header.Name, $token.value, $token.id, $token.refresh, $token.meta.name or $token.secrets.name, and in a consent $code, $redirectUri, $verifier or $callback.name.`
        problems.push({ at, sentence })
      }
      if (expression.kind !== 'input' || declared.includes(expression.name)) continue
      const sentence = `There is no input \`${expression.name}\` in this lifecycle.`
      problems.push({ at, sentence, suggest: didYouMean(expression.name, declared) })
    }
    return problems
  })

/** Every input is used. */
export const checkUnusedInputs: Rule = ({ model }) =>
  issuedSchemes(model).flatMap((scheme) => {
    const expressions = expressionsOf(scheme).map(({ text }) => parseExpression(text))
    const used = expressions.flatMap((expression) => (expression.kind === 'input' ? [expression.name] : []))
    // What is written by hand may use any.
    if (scheme.lifecycle.byHand !== undefined) return []
    return Object.keys(scheme.lifecycle.inputs)
      .filter((name) => !used.includes(name))
      .map((name) => ({
        at: [...scheme.at, 'inputs', name],
        sentence: `Nothing uses the input \`${name}\`. Bind \`$inputs.${name}\` somewhere, or take it away.`,
      }))
  })
