import { isObject, type JsonObject, objectIn } from '../spec/json.ts'
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
    return [...inputChanges(was, is, scheme), ...memberChanges(was, is, scheme)]
  })
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
  // Whoever gave a store no longer finds the token in it; or finds one that was not there.
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
      // A consent has a request and an exchange.
      if (isObject(before[key]) && isObject(after[key]) && at.endsWith('.consent')) {
        return callChanges(before[key], after[key], `${at}.${key}`)
      }
      const what =
        before[key] === undefined ? 'is stated now' : after[key] === undefined ? 'is no longer stated' : 'has changed'
      return [{ effect: 'other', sentence: `${at}.${key} ${what}` }]
    })
}
