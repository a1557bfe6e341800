/** A table with its schema, quoted. Throws a TypeError for a name that PostgreSQL would cut or that needs escaping. */
export function tableName(schema: string, table: string): string {
  return `${identifier('schema', schema)}.${identifier('table', table)}`
}

/** A quoted identifier. So quoted, it keeps its case, and a reserved word is a name like any other. */
export function identifier(option: 'schema' | 'table', name: string): string {
  if (typeof name === 'string' && /^[A-Za-z_][A-Za-z0-9_]{0,62}$/.test(name)) return `"${name}"`
  throw new TypeError(`Option ${option} must have 1 to 63 letters, digits or _, and not begin with a digit.`)
}
