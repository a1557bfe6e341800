import { isObject, type Json, type JsonObject, listIn, objectIn } from '../spec/json.ts'
import type { Effect } from './bump.ts'

/** One difference between two specs, in words for those who use the package. */
export interface Change {
  readonly effect: Effect
  readonly sentence: string
}

/** The side that makes the value of a schema: the caller makes a `request`, the provider an `answer`. */
export type Side = 'request' | 'answer'

/** How a schema without references differs from an earlier one, as its types will show it. */
export function schemaChanges(
  before: Json | undefined,
  after: Json | undefined,
  side: Side,
  at: string,
): readonly Change[] {
  if (!isObject(before) || !isObject(after)) {
    if ((before === undefined) === (after === undefined)) return []
    return [
      { effect: 'breaks', sentence: `${at} ${after === undefined ? 'has no schema any more' : 'has a schema now'}` },
    ]
  }
  return [
    ...valueChanges(before, after, at),
    ...propertyChanges(before, after, side, at),
    ...(before['items'] === undefined && after['items'] === undefined
      ? []
      : schemaChanges(before['items'], after['items'], side, `${at}[]`)),
  ]
}

/** Another type, or other values, cannot be told to be harmless without knowing both ends. */
function valueChanges(before: JsonObject, after: JsonObject, at: string): readonly Change[] {
  return ['type', 'enum', 'const']
    .filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
    .map((key): Change => {
      return { effect: 'breaks', sentence: `${at}: ${key} was ${shown(before[key])} and is ${shown(after[key])}` }
    })
}

function propertyChanges(before: JsonObject, after: JsonObject, side: Side, at: string): readonly Change[] {
  const [old, now] = [objectIn(before, 'properties'), objectIn(after, 'properties')]
  const [oldRequired, nowRequired] = [listIn(before, 'required'), listIn(after, 'required')]
  return [...new Set([...Object.keys(old), ...Object.keys(now)])].flatMap((name): readonly Change[] => {
    const place = `${at}.${name}`
    if (now[name] === undefined) return [{ effect: 'breaks', sentence: `${place} is gone` }]
    const isRequired = nowRequired.includes(name)
    if (old[name] === undefined) {
      const effect = side === 'request' && isRequired ? 'breaks' : 'new'
      return [{ effect, sentence: `${place} is new${isRequired ? ' and required' : ''}` }]
    }
    return [
      ...(oldRequired.includes(name) === isRequired
        ? []
        : [
            {
              // Required of a caller, or no longer promised by the provider.
              effect: isRequired === (side === 'request') ? ('breaks' as const) : ('new' as const),
              sentence: `${place} is ${isRequired ? 'required now' : 'no longer required'}`,
            },
          ]),
      ...schemaChanges(old[name], now[name], side, place),
    ]
  })
}

function shown(value: Json | undefined): string {
  return value === undefined ? 'not stated' : JSON.stringify(value)
}
