import { isObject, type Json, type JsonObject, objectIn } from '../spec/json.ts'
import type { SpecModel } from '../spec/spec.ts'
import type { Effect } from './bump.ts'
import type { Change } from './schema-changes.ts'

/** How the lives of tokens differ: what users configure, what can be done with a token, and how careful the code is. */
export function lifecycleChanges(before: SpecModel, after: SpecModel): readonly Change[] {
  const [old, now] = [lifecyclesOf(before), lifecyclesOf(after)]
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((scheme): readonly Change[] => {
    const [was, is] = [old.get(scheme), now.get(scheme)]
    if (was === undefined) return [{ effect: 'new', sentence: `the token ${scheme} is new` }]
    if (is === undefined) return [{ effect: 'breaks', sentence: `the token ${scheme} is gone` }]
    return [...placeChanges(before, after, scheme), ...inputChanges(was, is, scheme), ...memberChanges(was, is, scheme)]
  })
}

/** Programs that put the token on a request by themselves have to know where. */
function placeChanges(before: SpecModel, after: SpecModel, scheme: string): readonly Change[] {
  const [was, is] = [placeOf(before, scheme), placeOf(after, scheme)]
  return was === is ? [] : [{ effect: 'breaks', sentence: `the token ${scheme} was sent in ${was} and is in ${is}` }]
}

function placeOf({ securitySchemes }: SpecModel, scheme: string): string {
  const { header, word = 'Bearer' } = securitySchemes.find(({ name }) => name === scheme) ?? {}
  return header === undefined ? `Authorization: ${word}` : header
}

/** As the document has them: every word of the vocabulary, also one that is added later, is compared. */
function lifecyclesOf({ document }: SpecModel): ReadonlyMap<string, JsonObject> {
  const schemes = Object.entries(objectIn(objectIn(document, 'components'), 'securitySchemes'))
  return new Map(
    schemes.flatMap(([name, scheme]) => {
      const lifecycle = isObject(scheme) ? scheme['x-token-lifecycle'] : undefined
      return isObject(lifecycle) ? [[name, lifecycle]] : []
    }),
  )
}

function inputChanges(before: JsonObject, after: JsonObject, scheme: string): readonly Change[] {
  const [old, now] = [objectIn(before, 'inputs'), objectIn(after, 'inputs')]
  return [...new Set([...Object.keys(old), ...Object.keys(now)])].flatMap((name): readonly Change[] => {
    const [was, is] = [old[name], now[name]]
    const place = `the input ${name} of ${scheme}`
    if (!isObject(is)) return [{ effect: 'breaks', sentence: `${place} is gone` }]
    if (!isObject(was)) {
      const isRequired = is['default'] === undefined && is['optional'] !== true
      return [
        { effect: isRequired ? 'breaks' : 'new', sentence: `${place} is new${isRequired ? ' and required' : ''}` },
      ]
    }
    if (is['optional'] !== was['optional']) {
      return is['optional'] === true
        ? [{ effect: 'new', sentence: `${place} may be left out` }]
        : [{ effect: 'breaks', sentence: `${place} is required` }]
    }
    return ['secret', 'identity', 'kind', 'default', 'env', 'pattern']
      .filter((key) => JSON.stringify(was[key]) !== JSON.stringify(is[key]))
      .map((key): Change => ({ effect: 'breaks', sentence: `${place}: ${key} has changed` }))
  })
}

// A member that comes lets users do more, one that goes lets them do less.
const ABILITIES = ['acquire', 'consent', 'refresh', 'revoke', 'list']

function memberChanges(before: JsonObject, after: JsonObject, scheme: string): readonly Change[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)])
  keys.delete('inputs')
  return [...keys]
    .filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
    .flatMap((key): readonly Change[] => {
      const effect = effectOf(key, before, after)
      if (effect !== 'breaks' && isObject(before[key]) && isObject(after[key]))
        return callChanges(before[key], after[key], `${scheme}.${key}`)
      const what = before[key] === undefined ? 'is new' : after[key] === undefined ? 'is gone' : 'has changed'
      return [{ effect, sentence: `${scheme}.${key} ${what}` }]
    })
}

function effectOf(key: string, before: JsonObject, after: JsonObject): Effect {
  // A caller with a store no longer finds the token in it, or finds one that was not there before.
  if (key === 'persist' || key === 'supplied') return 'breaks'
  // The provider's function takes other members, or other options.
  if (key === 'byHand' || key === 'variables') return 'breaks'
  if (!ABILITIES.includes(key)) return 'other'
  if (before[key] === undefined) return 'new'
  return after[key] === undefined ? 'breaks' : 'other'
}

/** What users of the package notice of these only in how tokens behave. */
function callChanges(before: JsonObject, after: JsonObject, at: string): readonly Change[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
    .flatMap((key): readonly Change[] => {
      const [was, is] = [before[key], after[key]]
      if (key === 'meta' || key === 'secrets') return keptChanges(objectOf(was), objectOf(is), `${at}.${key}`)
      if (key === 'scopes' && demandsScopes(is) && !demandsScopes(was))
        return [{ effect: 'breaks', sentence: `${at}.${key} are demanded now: an account without any is refused` }]
      // A consent has a request and an exchange.
      if (isObject(was) && isObject(is) && at.endsWith('.consent')) return callChanges(was, is, `${at}.${key}`)
      const what = was === undefined ? 'is stated now' : is === undefined ? 'is no longer stated' : 'has changed'
      // A page and a shown code are begun and finished in different ways.
      const isOtherWay = at.endsWith('.consent') && (key === 'request' || key === 'shown')
      return [{ effect: isOtherWay ? 'breaks' : 'other', sentence: `${at}.${key} ${what}` }]
    })
}

/** What is kept beside a token is a part of its type. */
function keptChanges(before: JsonObject, after: JsonObject, at: string): readonly Change[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name): readonly Change[] => {
    if (after[name] === undefined) return [{ effect: 'breaks', sentence: `${at}.${name} is gone` }]
    if (before[name] === undefined) return [{ effect: 'new', sentence: `${at}.${name} is new` }]
    if (JSON.stringify(before[name]) === JSON.stringify(after[name])) return []
    return [{ effect: 'other', sentence: `${at}.${name} has changed` }]
  })
}

function objectOf(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {}
}

function demandsScopes(scopes: Json | undefined): boolean {
  return isObject(scopes) && scopes['demanded'] === true
}
