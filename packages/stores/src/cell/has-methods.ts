/** Does a client have these methods? Clients are told apart by their shape, because none is a dependency. */
export function hasMethods(client: unknown, ...names: readonly string[]): client is object {
  if ((typeof client !== 'object' && typeof client !== 'function') || client === null) return false
  return names.every((name) => typeof Reflect.get(client, name) === 'function')
}
