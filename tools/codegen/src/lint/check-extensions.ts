import { didYouMean } from '../spec/did-you-mean.ts'
import { isObject, type Json, type KeyPath } from '../spec/json.ts'
import type { Problem } from '../spec/problem.ts'
import type { Rule } from './rule.ts'

/** Where each of our words has a meaning, as the keys from the root; `*` is any key. */
const PLACES: Readonly<Record<string, readonly string[]>> = {
  'x-api': ['servers/*', 'paths/*/servers/*'],
  'x-description-pt-BR': ['components/securitySchemes/*/x-token-lifecycle/inputs/*'],
  'x-name': ['servers/*', 'paths/*/servers/*'],
  'x-retry': ['', 'paths/*/*'],
  'x-token-lifecycle': ['components/securitySchemes/*'],
  'x-undocumented-servers': [''],
}

/** Our words are where they mean something: elsewhere, or misspelt, they would be passed over in silence. */
export const checkExtensions: Rule = ({ model }) => extensionsIn(model.document, [])

function extensionsIn(value: Json, at: KeyPath): readonly Problem[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => extensionsIn(item, [...at, index]))
  if (!isObject(value) || at.some((key) => key === 'example' || key === 'examples')) return []
  return Object.entries(value).flatMap(([key, item]) => {
    const problems = checkKey(key, at)
    // What is in a word is for its own schema to say; in one that is misspelt, it says nothing yet.
    const isWord = Object.hasOwn(PLACES, key) || problems.length > 0
    return isWord ? problems : extensionsIn(item, [...at, key])
  })
}

function checkKey(key: string, at: KeyPath): readonly Problem[] {
  // A header or a field may be called so.
  if (!key.startsWith('x-') || at.at(-1) === 'properties' || at.at(-1) === 'headers') return []
  const places = Object.hasOwn(PLACES, key) ? PLACES[key] : undefined
  if (places === undefined) {
    const suggest = didYouMean(key, Object.keys(PLACES))
    return suggest.length === 0
      ? []
      : [{ at: [...at, key], sentence: `\`${key}\` is not a word of the vocabulary.`, suggest }]
  }
  if (places.some((place) => isAt(at, place))) return []
  const where = places
    .map((place) => (place === '' ? 'the document' : `\`${place.replaceAll('/', '.')}\``))
    .join(' or ')
  return [{ at: [...at, key], sentence: `\`${key}\` means nothing here. It belongs on ${where}.` }]
}

function isAt(at: KeyPath, place: string): boolean {
  const keys = place === '' ? [] : place.split('/')
  return keys.length === at.length && keys.every((key, index) => key === '*' || key === at[index])
}
