import type { Problem } from '../spec/problem.ts'
import { dereference } from '../spec/references.ts'
import type { Rule } from './rule.ts'

/** No schema contains itself: the simulator's documents are written without references. */
export const checkCycles: Rule = ({ model }) => {
  const seen = new Set<string>()
  return model.operations.flatMap((operation): readonly Problem[] => {
    try {
      dereference(model.document, { success: operation.success?.schema ?? {}, body: operation.body?.schema ?? {} })
      return []
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      if (seen.has(reason)) return []
      seen.add(reason)
      return [{ at: operation.at, sentence: `${reason}. Write the part that repeats as an object without properties.` }]
    }
  })
}
