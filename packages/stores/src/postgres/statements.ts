/** How many keys a listing asks for at a time. */
export const PAGE = 500

/** What a statement says of itself, so that nothing else is taken for it. */
export const MARK = 'Chaveiro'

type Statement = 'read' | 'create' | 'replace' | 'remove' | 'list' | 'listOn'

/**
 * The statements. Each row that one returns is a single text, `Chaveiro <first value sent>|<rest>.`, so that no option of
 * a driver matters: columns may be renamed, rows may be arrays, texts may be bytes. The repeated value and the dot at
 * the end show whether a driver alters texts on their way in or out.
 */
export function statements(table: string): Readonly<Record<Statement, string>> {
  const row = (rest: string): string => `SELECT '${MARK} ' || $1::text || '|' || ${rest} || '.' AS answer`
  /** What a change came to: one row, also if nothing was changed, because no row at all could be lost on the way. */
  const outcome = (change: string): string =>
    `WITH change AS (${change} RETURNING 1) ${row("CASE WHEN EXISTS (SELECT FROM change) THEN 'done' ELSE 'conflict' END")}`
  return {
    // A version has no space.
    read: row(`coalesce((SELECT 'found ' || version || ' ' || value FROM ${table} WHERE key = $1::text), 'absent')`),
    create: outcome(`INSERT INTO ${table} (key, version, value) VALUES ($1, $2, $3) ON CONFLICT (key) DO NOTHING`),
    replace: outcome(
      `UPDATE ${table} SET version = $2, value = $3, changed_at = now() WHERE key = $1::text AND version = $4`,
    ),
    remove: outcome(`DELETE FROM ${table} WHERE key = $1::text AND version = $2`),
    list: `${row('key')} FROM ${table} WHERE key >= $1::text ORDER BY key LIMIT ${PAGE}`,
    listOn: `${row('key')} FROM ${table} WHERE key > $1::text ORDER BY key LIMIT ${PAGE}`,
  }
}

/** A table with its schema, quoted. Throws a TypeError for a name that PostgreSQL would cut or that needs escaping. */
export function tableName(schema: string, table: string): string {
  return `${identifier('schema', schema)}.${identifier('table', table)}`
}

/** A quoted identifier. So quoted, it keeps its case, and a reserved word is a name like any other. */
export function identifier(option: 'schema' | 'table', name: string): string {
  if (typeof name === 'string' && /^[A-Za-z_][A-Za-z0-9_]{0,62}$/.test(name)) return `"${name}"`
  throw new TypeError(`Option ${option} must have 1 to 63 letters, digits or _, and not begin with a digit.`)
}
