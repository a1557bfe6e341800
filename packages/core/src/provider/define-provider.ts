import type { TokenProvider } from './token-provider.ts'

/**
 * Checks a provider's definition and freezes it. The types of its inputs and of its `meta` follow from the definition.
 * @throws {TypeError} when the definition contradicts itself.
 */
export function defineProvider<Inputs, M = unknown>(definition: TokenProvider<Inputs, M>): TokenProvider<Inputs, M> {
  const { id, refreshKind, parents } = definition
  if (!/^[a-z][a-z0-9-]*(\/[a-zA-Z][a-zA-Z0-9]*)?$/.test(id)) {
    throw new TypeError(`The provider id ${JSON.stringify(id)} is not of the form 'name' or 'name/scheme'.`)
  }
  if (!definition.acquire && !definition.refresh) throw new TypeError(`${id}: a provider needs acquire() or refresh().`)
  if (definition.refresh && refreshKind === 'none') {
    throw new TypeError(`${id}: refresh() is there, but refreshKind says 'none'. Say 'reusable' or 'single-use'.`)
  }
  for (const [name, parent] of Object.entries(parents ?? {})) {
    if (parent.server.origin !== definition.server.origin) {
      throw new TypeError(
        `${id}: the parent scheme ${name} lives at ${parent.server.origin}, not at ${definition.server.origin}.`,
      )
    }
  }
  return Object.freeze({ ...definition })
}
