/**
 * The fields that are not `undefined`: a token or an account is compared, stored and printed without the others. To be
 * spread into a new object, because V8 keeps one from which something was deleted in a slower and larger form.
 */
export function defined<T extends object>(fields: T): { [Name in keyof T]?: Exclude<T[Name], undefined> } {
  const copy: { [Name in keyof T]?: Exclude<T[Name], undefined> } = { ...fields }
  for (const name in copy) if (copy[name] === undefined) delete copy[name]
  return copy
}
