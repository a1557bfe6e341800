import { didYouMean } from '../spec/did-you-mean.ts'
import { parseExpression } from '../spec/expression.ts'
import { callsOf } from '../spec/lifecycle.ts'
import type { Problem } from '../spec/problem.ts'
import { type IssuedScheme, issuedSchemes, type SpecModel } from '../spec/spec.ts'
import { expressionsOf } from './expressions.ts'
import type { Rule } from './rule.ts'

/** A certificate is presented where a scheme `type: mutualTLS` asks for it, and nowhere else. */
export const checkCertificates: Rule = ({ model }) =>
  issuedSchemes(model).flatMap((scheme) => [
    ...unknownSchemes(model, scheme),
    ...expressionsOf(scheme).flatMap(({ at, text }): readonly Problem[] => {
      const expression = parseExpression(text)
      if (expression.kind !== 'input') return []
      const input = scheme.lifecycle.inputs[expression.name]
      if (input === undefined) return []
      const isCertificate = input.kind === 'certificate'
      const isAsked = presentedAt(model, scheme).includes(at.join(' '))
      if (isCertificate === isAsked) return []
      return isAsked
        ? [{ at, sentence: `\`${text}\` is not a certificate. Give the input \`kind: certificate\`.` }]
        : [
            {
              at,
              sentence: `\`${text}\` is a certificate: bind it to a scheme \`type: mutualTLS\` under \`security\`.`,
            },
          ]
    }),
  ])

/** Where the lifecycle binds what satisfies such a scheme. */
function presentedAt(model: SpecModel, { at, lifecycle }: IssuedScheme): readonly string[] {
  const names = model.securitySchemes.filter(({ kind }) => kind === 'certificate').map(({ name }) => name)
  const places = [...callsOf(lifecycle).map((call) => call.at), ['api']]
  return places.flatMap((place) => names.map((name) => [...at, ...place, 'security', name].join(' ')))
}

function unknownSchemes(model: SpecModel, { at, lifecycle }: IssuedScheme): readonly Problem[] {
  const known = model.securitySchemes.filter(({ kind }) => kind === 'certificate').map(({ name }) => name)
  return Object.keys(lifecycle.api?.security ?? {})
    .filter((name) => !known.includes(name))
    .map((name) => ({
      at: [...at, 'api', 'security', name],
      sentence: `There is no scheme \`${name}\` of \`type: mutualTLS\` in this document.`,
      suggest: didYouMean(name, known),
    }))
}
