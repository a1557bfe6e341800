import type { Problem } from '../spec/problem.ts'
import type { Rule } from './rule.ts'

/** A lifecycle names operations, so that no two may share a name. (Redocly's own rule points beside the place.) */
export const checkOperationIds: Rule = ({ model }) => {
  const seen = new Map<string, string>()
  return model.operations.flatMap(({ id, method, path, at }): readonly Problem[] => {
    const other = seen.get(id)
    seen.set(id, other ?? `${method} ${path}`)
    if (other === undefined || id === '') return []
    return [{ at: [...at, 'operationId'], sentence: `\`${id}\` is the operationId of ${other} already.` }]
  })
}
