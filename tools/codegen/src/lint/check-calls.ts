import { didYouMean } from '../spec/did-you-mean.ts'
import { callsOf } from '../spec/lifecycle.ts'
import { issuedSchemes, operationOf } from '../spec/spec.ts'
import type { Rule } from './rule.ts'

/** Every call of a lifecycle names an operation of the document. */
export const checkCalls: Rule = ({ model }) => {
  const known = model.operations.map((operation) => operation.id)
  // An operation that has lost its id is reported there, and may be the one that is meant here.
  if (known.includes('')) return []
  return issuedSchemes(model).flatMap((scheme) =>
    callsOf(scheme.lifecycle)
      .filter(({ call }) => operationOf(model, call.operationId) === undefined)
      .map(({ at, call }) => ({
        at: [...scheme.at, ...at, 'operationId'],
        sentence: `There is no operation \`${call.operationId}\` in this document.`,
        suggest: didYouMean(call.operationId, known),
      })),
  )
}
