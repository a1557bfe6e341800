/** How many keys a listing asks for at a time. */
export const PAGE = 500

/** What a statement says of itself, so that nothing else is taken for it. */
export const MARK = 'Chaveiro'

// Each record with an end takes along more than itself, so those that are over never pile up.
const SWEPT_AT_ONCE = 10

type Statement = 'read' | 'create' | 'createWithEnd' | 'replace' | 'remove' | 'list' | 'listOn'

/**
 * The statements. Each row that one returns is a single text, `Chaveiro <first value sent>|<rest>.`, so that no option of
 * a driver matters: columns may be renamed, rows may be arrays, texts may be bytes. The repeated value and the dot at
 * the end show whether a driver alters texts on their way in or out.
 */
export function statements(table: string): Readonly<Record<Statement, string>> {
  const row = (rest: string): string => `SELECT '${MARK} ' || $1::text || '|' || ${rest} || '.' AS answer`
  /** What a change came to: one row, also if nothing was changed, because no row at all could be lost on the way. */
  const outcome = (change: string, before = ''): string =>
    `WITH ${before}change AS (${change} RETURNING 1) ${row("CASE WHEN EXISTS (SELECT FROM change) THEN 'done' ELSE 'conflict' END")}`
  const lives = '(ends_at IS NULL OR ends_at > now())'
  /** The end of a record that lives for the milliseconds in a parameter; an empty text: none. */
  const end = (parameter: string): string =>
    `now() + nullif(${parameter}::text, '')::double precision * interval '1 millisecond'`
  // `$1` is left to the insertion, because one statement can't change a row twice.
  const forgotten = `forgotten AS (DELETE FROM ${table} WHERE key IN (SELECT key FROM ${table} WHERE ends_at <= now() AND key <> $1::text LIMIT ${SWEPT_AT_ONCE} FOR UPDATE SKIP LOCKED)), `
  const insertion = `INSERT INTO ${table} AS record (key, version, value, ends_at) VALUES ($1, $2, $3, ${end('$4')}) ON CONFLICT (key) DO UPDATE SET version = excluded.version, value = excluded.value, changed_at = now(), ends_at = excluded.ends_at WHERE record.ends_at <= now()`
  return {
    // A version has no space.
    read: row(
      `coalesce((SELECT 'found ' || version || ' ' || value FROM ${table} WHERE key = $1::text AND ${lives}), 'absent')`,
    ),
    create: outcome(insertion),
    createWithEnd: outcome(insertion, forgotten),
    replace: outcome(
      `UPDATE ${table} SET version = $2, value = $3, changed_at = now(), ends_at = CASE $5::text WHEN 'as-before' THEN ends_at ELSE ${end("nullif($5::text, 'as-before')")} END WHERE key = $1::text AND version = $4 AND ${lives}`,
    ),
    remove: outcome(`DELETE FROM ${table} WHERE key = $1::text AND version = $2 AND ${lives}`),
    list: `${row('key')} FROM ${table} WHERE key >= $1::text AND ${lives} ORDER BY key LIMIT ${PAGE}`,
    listOn: `${row('key')} FROM ${table} WHERE key > $1::text AND ${lives} ORDER BY key LIMIT ${PAGE}`,
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
