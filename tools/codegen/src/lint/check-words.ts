import { isObject, type Json, type KeyPath, objectIn } from '../spec/json.ts'
import type { Problem } from '../spec/problem.ts'
import type { Word } from '../spec/vocabulary.ts'
import type { Rule } from './rule.ts'

/** `x-token-lifecycle` and `x-retry` follow their JSON Schemas. */
export const checkWords: Rule = ({ model, vocabulary }) => {
  const check = (word: Word, owner: Json, key: string, at: KeyPath): readonly Problem[] => {
    const value = isObject(owner) ? owner[key] : undefined
    return value === undefined ? [] : vocabulary.check(word, value, [...at, key])
  }
  const schemes = Object.entries(objectIn(model.document['components'], 'securitySchemes'))
  const paths = objectIn(model.document, 'paths')
  return [
    ...check('documentRetry', model.document, 'x-retry', []),
    ...schemes.flatMap(([name, scheme]) =>
      check('lifecycle', scheme, 'x-token-lifecycle', ['components', 'securitySchemes', name]),
    ),
    ...Object.keys(paths).flatMap((path) =>
      Object.entries(objectIn(paths, path)).flatMap(([method, operation]) =>
        check('operationRetry', operation, 'x-retry', ['paths', path, method]),
      ),
    ),
  ]
}
