/** A misspelt option would have no effect, and plain JavaScript wouldn't notice. `names` are the options there are. */
export function requireKnownOptions(factory: string, options: object, names: readonly string[]): void {
  if (typeof options !== 'object' || options === null) throw new TypeError(`${factory} needs an options object.`)
  const unknown = Object.keys(options).find((name) => !names.includes(name))
  if (unknown === undefined) return
  const close = names.find((name) => isClose(unknown.toLowerCase(), name.toLowerCase()))
  const hint = close === undefined ? '' : ` Did you mean ${close}?`
  throw new TypeError(`${factory} has no option ${JSON.stringify(unknown)}.${hint} Options: ${names.join(', ')}.`)
}

/** A sealer that is not one would fail with the first record. */
export function requireSealer(sealer: unknown): void {
  if (sealer === undefined || hasMethods(sealer, 'seal', 'open')) return
  throw new TypeError(
    'Option sealer must have the methods seal and open. Create one with createSealer() from @chaveiro/stores/sealer.',
  )
}

/** Does a client have these methods? Clients are told apart by their shape, because none is a dependency. */
export function hasMethods(client: unknown, ...names: readonly string[]): client is object {
  if ((typeof client !== 'object' && typeof client !== 'function') || client === null) return false
  return names.every((name) => typeof Reflect.get(client, name) === 'function')
}

/** Is one the other's beginning, or are they alike but for two letters? */
function isClose(wrong: string, right: string): boolean {
  if (wrong.length > 2 && (right.startsWith(wrong) || wrong.startsWith(right))) return true
  return distance(wrong, right) <= Math.min(2, Math.floor(right.length / 3))
}

/** Letters to insert, remove or replace (Levenshtein). */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (const [line, letter] of from.split('').entries()) {
    const next = [line + 1]
    for (const [index, other] of to.split('').entries()) {
      const cost = letter === other ? 0 : 1
      next.push(Math.min((next[index] ?? 0) + 1, (row[index + 1] ?? 0) + 1, (row[index] ?? 0) + cost))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
