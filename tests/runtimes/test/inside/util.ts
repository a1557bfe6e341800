/**
 * What the core's scan for leaks needs of Node's `util`, on platforms that lack it: every text that a program there could make of a
 * value. How Node itself prints is tested on Node.
 */
export function inspect(value: unknown): string {
  const seen = new Set<unknown>()
  const textOf = (one: unknown): string => {
    if (typeof one !== 'object' || one === null) return String(one)
    if (seen.has(one)) return ''
    seen.add(one)
    return [
      ownText(one),
      ...Reflect.ownKeys(one).map((key) => `${String(key)}: ${textOf(Reflect.get(one, key))}`),
    ].join('\n')
  }
  return textOf(value)
}

function ownText(one: object): string {
  const text: unknown = Reflect.get(one, 'toString')
  return typeof text === 'function' ? String(Reflect.apply(text, one, [])) : ''
}

/** The values, one after the other. */
export function format(...values: readonly unknown[]): string {
  return values.map(inspect).join(' ')
}
