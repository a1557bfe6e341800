import { hasTag, isError } from '../../brands.ts'

const DEEPEST = 8

/**
 * The texts that printing a value could give, by whichever logger: as a string, as JSON, as a copy, and its own
 * properties, hidden ones, symbols and getters included. Web standards only.
 */
export function printingsOf(value: unknown): readonly string[] {
  const texts: string[] = []
  walk(value, texts, new Set(), 0)
  return texts
}

function walk(value: unknown, texts: string[], seen: Set<unknown>, depth: number): void {
  if (typeof value === 'string') texts.push(value)
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return
  if (seen.has(value) || depth > DEEPEST) return
  seen.add(value)
  if (typeof value === 'object') {
    texts.push(
      textOf(() => Reflect.apply(String, undefined, [value])),
      textOf(() => JSON.stringify(value)),
    )
    texts.push(textOf(() => JSON.stringify(structuredClone(value))))
  }
  if (isError(value)) {
    // Not own properties everywhere.
    for (const part of [value.name, value.message, value.stack, value.cause]) walk(part, texts, seen, depth + 1)
  }
  if (isIterable(value)) for (const member of value) walk(member, texts, seen, depth + 1)
  for (const key of Reflect.ownKeys(value)) {
    texts.push(String(key))
    try {
      walk(Reflect.get(value, key), texts, seen, depth + 1)
    } catch (refusal) {
      texts.push(String(refusal))
    }
  }
}

function isIterable(value: object): value is Iterable<unknown> {
  return Symbol.iterator in value && hasTag(value, /^(Map|Set|Headers|URLSearchParams)$/)
}

/** What cannot be printed that way says so, and may quote what it met. */
function textOf(print: () => string | undefined): string {
  try {
    return print() ?? ''
  } catch (refusal) {
    return String(refusal)
  }
}
