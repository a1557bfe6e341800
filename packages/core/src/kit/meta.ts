/** What is kept of an answer with the token: plain and not secret. */
type Plain = string | number | boolean

/** The same fields, of which any may be missing. */
type Kept<Fields> = { [Name in keyof Fields]?: Exclude<Fields[Name], null> | undefined }

/**
 * The plain values among the fields, over those that are kept from the token before. What an answer leaves out, and what
 * is a list or an object, stays as it was; `undefined` where there is nothing.
 */
export function keptFields<Fields extends Readonly<Record<string, Plain | null | undefined>>>(
  fields: Fields,
  before?: Kept<Fields>,
): Kept<Fields> | undefined {
  const plain = Object.fromEntries(Object.entries(fields).filter(([, value]) => isPlain(value)))
  const kept: Kept<Fields> = Object.assign({}, before, plain)
  return Object.keys(kept).length === 0 ? undefined : kept
}

function isPlain(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}
