import { credentialsOf, parentsOf } from '../spec/call-security.ts'
import { callsOf } from '../spec/lifecycle.ts'
import type { Operation } from '../spec/operations.ts'
import type { Problem } from '../spec/problem.ts'
import { type IssuedScheme, issuedSchemes, operationOf, type SpecModel } from '../spec/spec.ts'
import type { Rule } from './rule.ts'

/** A token that is needed to issue another is there before it: no scheme waits for itself. */
export const checkParents: Rule = ({ model }) =>
  issuedSchemes(model).flatMap((scheme) => [...checkOwnToken(model, scheme), ...checkCycle(model, scheme)])

function checkOwnToken(model: SpecModel, scheme: IssuedScheme): readonly Problem[] {
  return callsOf(scheme.lifecycle).flatMap(({ key, at, call }): readonly Problem[] => {
    const operation = operationOf(model, call.operationId)
    if (operation === undefined || key === 'refresh' || key === 'revoke') return []
    if (!credentialsOf(model, scheme, key, call, operation).some(({ kind }) => kind === 'own')) return []
    const isFirst = key === 'acquire' || key === 'show' || key === 'exchange'
    if (operation.inheritsSecurity && isFirst) return [inherited(operation, scheme)]
    const sentence = isFirst
      ? `\`${operation.id}\` needs the token that it issues.`
      : `\`${operation.id}\` needs a token of \`${scheme.name}\`, and \`${key}\` has none in hand. Bind another scheme under \`security\`.`
    return [{ at: [...scheme.at, ...at, 'operationId'], sentence }]
  })
}

function inherited({ id, at }: Operation, { name }: IssuedScheme): Problem {
  const sentence = `\`${id}\` has no \`security\` of its own, so it inherits the document's and needs the \`${name}\` that it issues. Write \`security: []\` here where it needs no token.`
  return { at, sentence }
}

function checkCycle(model: SpecModel, scheme: IssuedScheme): readonly Problem[] {
  const way = wayBack(model, scheme, [scheme])
  // Each of them is in the same circle: the document's first one reports it.
  const [first] = model.schemes.filter(({ name }) => way?.some((one) => one.name === name))
  if (way === undefined || first?.name !== scheme.name) return []
  const names = way.map(({ name }) => `\`${name}\``).join(' needs ')
  return [{ at: scheme.at, sentence: `${names}: none of them could ever be issued.` }]
}

/** The schemes from the first one back to itself, if its parents lead there. */
function wayBack(
  model: SpecModel,
  first: IssuedScheme,
  way: readonly IssuedScheme[],
): readonly IssuedScheme[] | undefined {
  for (const parent of parentsOf(model, way.at(-1) ?? first)) {
    if (parent.name === first.name) return [...way, parent]
    // A cycle that does not lead back here is reported where it does.
    if (way.some(({ name }) => name === parent.name)) continue
    const found = wayBack(model, first, [...way, parent])
    if (found !== undefined) return found
  }
  return undefined
}
