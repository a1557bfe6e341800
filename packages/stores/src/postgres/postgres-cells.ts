import type { Cells, NextCell } from '../cell/cells.ts'

/** Runs one statement and gives its rows, in the same shape for every client. */
export type Query = (text: string, values: readonly string[]) => Promise<readonly unknown[]>

const REASONS: Readonly<Record<string, string>> = {
  '3D000': 'there is no such database',
  '42P01': 'its table does not exist; call migrate() once',
  '42703': 'its table is not the one that migrate() creates',
  '3F000': 'its schema does not exist; call migrate() once',
  '42501': 'this user has not the rights that it needs',
  '28P01': 'it refuses the password',
  '28000': 'it refuses this user',
  '25006': 'this server only reads; connect to the primary',
  '53100': 'its disk is full',
  '53200': 'its memory is full',
  '53300': 'it has no connection left',
  '57P01': 'it is being shut down',
  '57P02': 'it crashed',
  '57P03': 'it is starting up',
  '08P01': 'the pooler in between gave up',
}

// With repeatable read or serializable as the default, this is how PostgreSQL says that somebody else wrote meanwhile.
const SERIALIZATION_FAILURE = '40001'

const PAGE = 500

export function postgresCells(query: Query, table: string): Cells {
  const statements = {
    read: `SELECT version, value FROM ${table} WHERE key = $1`,
    create: `INSERT INTO ${table} (key, version, value) VALUES ($1, $2, $3) ON CONFLICT (key) DO NOTHING RETURNING key`,
    replace: `UPDATE ${table} SET version = $2, value = $3, changed_at = now() WHERE key = $1 AND version = $4 RETURNING key`,
    remove: `DELETE FROM ${table} WHERE key = $1 AND version = $2 RETURNING key`,
    list: `SELECT key FROM ${table} ORDER BY key LIMIT ${PAGE}`,
    listOn: `SELECT key FROM ${table} WHERE key > $1 ORDER BY key LIMIT ${PAGE}`,
  }

  function swapRows(key: string, next: NextCell, expect: string | null): Promise<readonly unknown[]> {
    const { version, text } = next
    if (text === null) return query(statements.remove, [key, expect ?? ''])
    if (expect === null) return query(statements.create, [key, version, text])
    return query(statements.replace, [key, version, text, expect])
  }

  return {
    name: 'PostgreSQL',
    reasons: REASONS,
    async read(key) {
      const [row] = await query(statements.read, [key])
      const version = column(row, 'version')
      return version === undefined ? undefined : { version, text: column(row, 'value') }
    },
    // No row is deleted by age, so a time to live means nothing here.
    async swap(key, next, expect) {
      // Nothing is to be deleted where nothing is expected.
      if (next.text === null && expect === null) return (await query(statements.read, [key])).length === 0
      try {
        return (await swapRows(key, next, expect)).length > 0
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === SERIALIZATION_FAILURE) return false
        throw error
      }
    },
    async *keys() {
      let page = await query(statements.list, [])
      for (;;) {
        let last = ''
        for (const row of page) {
          last = column(row, 'key') ?? last
          yield last
        }
        if (page.length < PAGE) return
        page = await query(statements.listOn, [last])
      }
    },
  }
}

function column(row: unknown, name: string): string | undefined {
  if (typeof row !== 'object' || row === null) return undefined
  const value: unknown = Reflect.get(row, name)
  return typeof value === 'string' ? value : undefined
}
