import { isObject } from './brands.ts'
/**
 * Refuses what plain JavaScript lets through: unknown options (if the names are given) and `null`. Symbols are allowed.
 * @throws {TypeError} that names the option, and the one that was probably meant.
 */
export function checkOptions(given: unknown, names?: readonly string[]): void {
  if (!isObject(given)) throw new TypeError('Options must be an object.')
  for (const [name, value] of Object.entries(given)) {
    if (value === null) throw new TypeError(`Option ${name} must not be null.`)
    if (value === undefined || !names || names.includes(name)) continue
    const [best = ''] = [...names].sort((a, b) => shared(b, name) - shared(a, name))
    throw new TypeError(`Unknown option ${name}.${shared(best, name) > 2 ? ` Did you mean ${best}?` : ''}`)
  }
}

/** @throws {TypeError} for anything other than one of the values. */
export function oneOf<T extends string>(name: string, value: T, values: readonly T[]): T {
  if (values.includes(value)) return value
  throw new TypeError(`Option ${name} must be '${values.join("', '").replace(/, (?=[^,]*$)/, ' or ')}'.`)
}

/** Also refuses NaN, and strings from untyped configuration. @throws {TypeError} for less. */
export function atLeast<T extends number | undefined>(least: number, value: T, name: string): T {
  if (value === undefined || (typeof value === 'number' && value >= least)) return value
  throw new TypeError(`Option ${name} must be a number of at least ${least}.`)
}

/** How many letters two names begin and end with alike. */
function shared(one: string, other: string): number {
  let begin = 0
  while (begin < one.length && one[begin] === other[begin]) begin += 1
  let end = 0
  while (begin + end < one.length && one.at(-1 - end) === other.at(-1 - end)) end += 1
  return begin + end
}
