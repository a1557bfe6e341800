import { didYouMean } from '../spec/did-you-mean.ts'
import { isObject, type Json, type KeyPath, stringIn } from '../spec/json.ts'
import { pointerSegments, readPointer } from '../spec/json-pointer.ts'
import type { Problem } from '../spec/problem.ts'
import type { Rule } from './rule.ts'

/** Every `$ref` leads somewhere. (Redocly's own rule says that it does not, and not where it should.) */
export const checkReferences: Rule = ({ model: { document } }) =>
  referencesIn(document, []).flatMap(({ at, reference }): readonly Problem[] => {
    if (!reference.startsWith('#')) return [{ at, sentence: `\`${reference}\` cannot be read.` }]
    if (readPointer(document, reference.slice(1)) !== undefined) return []
    const segments = pointerSegments(reference.slice(1))
    const name = segments.at(-1) ?? ''
    const siblings = readPointer(document, reference.slice(1, reference.lastIndexOf('/')))
    const suggest = didYouMean(name, Object.keys(isObject(siblings) ? siblings : {}))
    const sentence = `\`${reference}\` leads nowhere: this document has no \`${segments.join('.')}\`.`
    return [{ at, sentence, suggest }]
  })

interface PlacedReference {
  readonly at: KeyPath
  readonly reference: string
}

function referencesIn(value: Json, at: KeyPath): readonly PlacedReference[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => referencesIn(item, [...at, index]))
  if (!isObject(value)) return []
  const reference = stringIn(value, '$ref')
  const own = reference === undefined || isExample(at) ? [] : [{ at: [...at, '$ref'], reference }]
  return [...own, ...Object.entries(value).flatMap(([key, item]) => referencesIn(item, [...at, key]))]
}

/** What an example holds is a value, not a reference. */
function isExample(at: KeyPath): boolean {
  return at.some((key) => key === 'example' || key === 'examples')
}
